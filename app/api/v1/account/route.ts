import { renameInput } from "#lib/auth/schema";
import { renameAccount } from "#lib/auth/service/change-password";
import { route } from "#lib/http/route";

export const PATCH = route(
  { access: "session", tag: "Account", summary: "Change my name", body: renameInput, audit: "account.renamed" },
  ({ ctx, input }) => renameAccount(ctx, input.body.name),
);
