import { secretLink } from "#lib/auth/schema";
import { route } from "#lib/http/route";
import { memberParams } from "#lib/workspaces/schema";
import { createMemberResetLink } from "#lib/workspaces/service/members";

export const POST = route(
  {
    access: "members:manage",
    tag: "Members",
    summary: "Make a link, shown once, with which a member sets a new password",
    params: memberParams,
    response: secretLink,
    status: 201,
    secretAnswer: true,
    audit: "member.reset_link_created",
  },
  ({ ctx, input }) => createMemberResetLink(ctx, input.params.userId),
);
