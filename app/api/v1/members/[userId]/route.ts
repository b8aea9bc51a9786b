import { route } from "#lib/http/route";
import { changeRoleInput, memberParams } from "#lib/workspaces/schema";
import { changeRole, removeMember } from "#lib/workspaces/service/members";

export const PATCH = route(
  {
    access: "members:manage",
    tag: "Members",
    summary: "Change a member's role; the last owner stays one",
    params: memberParams,
    body: changeRoleInput,
    audit: "member.role_changed",
  },
  ({ ctx, input }) => changeRole(ctx, input.params.userId, input.body.role),
);

export const DELETE = route(
  {
    access: "members:manage",
    tag: "Members",
    summary: "Remove a member; what she made stays",
    params: memberParams,
    audit: "member.removed",
  },
  ({ ctx, input }) => removeMember(ctx, input.params.userId),
);
