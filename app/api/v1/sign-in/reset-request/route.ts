import { requestResetInput } from "#lib/auth/schema";
import { requestPasswordReset } from "#lib/auth/service/reset-password";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "public",
    tag: "Sign in",
    summary: "Ask for a letter with a reset link; the answer does not tell whether the account exists",
    body: requestResetInput,
  },
  ({ ctx, input }) => requestPasswordReset({ email: input.body.email, address: ctx.address }),
);
