import { route } from "#lib/http/route";
import { acceptInvitationInput, invitationTokenParams, joined, openInvitation } from "#lib/workspaces/schema";
import { acceptInvitation, getOpenInvitation } from "#lib/workspaces/service/accept-invitation";

export const GET = route(
  {
    access: "public",
    tag: "Sign in",
    summary: "What an invitation is for",
    params: invitationTokenParams,
    response: openInvitation,
  },
  ({ ctx, input }) => getOpenInvitation(input.params.token, ctx.now),
);

export const POST = route(
  {
    access: "public",
    tag: "Sign in",
    summary: "Accept an invitation with a new account or with the password of an existing one",
    params: invitationTokenParams,
    body: acceptInvitationInput,
    response: joined,
  },
  ({ ctx, input }) => acceptInvitation(ctx, input.params.token, input.body),
);
