import { z } from "zod";
import { resetPasswordInput } from "#lib/auth/schema";
import { resetPassword } from "#lib/auth/service/reset-password";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "public",
    tag: "Sign in",
    summary: "Set a new password with a reset link's token; all sessions end",
    body: resetPasswordInput,
    response: z.object({ email: z.string() }),
  },
  ({ ctx, input }) => resetPassword({ ...input.body, address: ctx.address, now: ctx.now }),
);
