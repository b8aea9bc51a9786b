import { z } from "zod";
import { route } from "#lib/http/route";
import { withdrawInvitation } from "#lib/workspaces/service/invitations";

export const DELETE = route(
  {
    access: "members:manage",
    tag: "Members",
    summary: "Withdraw an invitation; its link stops working",
    params: z.object({ invitationId: z.uuid() }),
    audit: "invitation.withdrawn",
  },
  ({ ctx, input }) => withdrawInvitation(ctx, input.params.invitationId),
);
