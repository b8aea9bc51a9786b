import { changePasswordInput } from "#lib/auth/schema";
import { changePassword } from "#lib/auth/service/change-password";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "session",
    tag: "Account",
    summary: "Change my password; my other sessions end",
    body: changePasswordInput,
    audit: "account.password_changed",
  },
  ({ ctx, input }) => changePassword(ctx, input.body),
);
