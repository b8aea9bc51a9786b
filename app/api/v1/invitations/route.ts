import { pageOf, pageQuery } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { listInvitations } from "#lib/workspaces/invitation-store";
import { createdInvitation, createInvitationInput, invitationView } from "#lib/workspaces/schema";
import { createInvitation } from "#lib/workspaces/service/invitations";

export const GET = route(
  {
    access: "members:manage",
    tag: "Members",
    summary: "Invitations that are still open, newest first",
    query: pageQuery,
    response: pageOf(invitationView),
  },
  ({ ctx, input }) => listInvitations(ctx, input.query),
);

export const POST = route(
  {
    access: "members:manage",
    tag: "Members",
    summary: "Invite somebody; the link is shown once, and mailed when a mail server is set",
    body: createInvitationInput,
    response: createdInvitation,
    status: 201,
    secretAnswer: true,
    audit: "invitation.created",
  },
  ({ ctx, input }) => createInvitation(ctx, input.body),
);
