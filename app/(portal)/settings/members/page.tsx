import type { Metadata } from "next";
import { MembersBoard } from "#components/settings/members-board";
import { SettingsFrame } from "#components/settings/settings-frame";
import { can, requireUser } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { listInvitations } from "#lib/workspaces/invitation-store";
import { listMembers } from "#lib/workspaces/member-store";
import { invitationView, memberView } from "#lib/workspaces/schema";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Members" };

const LIMIT = 500;

export default async function MembersPage() {
  const ctx = await pageContext();
  const [members, invitations, workspace] = await Promise.all([
    listMembers(ctx, { limit: LIMIT }),
    can(ctx, "members:manage") ? listInvitations(ctx, { limit: LIMIT }) : null,
    findWorkspace(ctx),
  ]);
  return (
    <SettingsFrame ctx={ctx} current="/settings/members">
      <MembersBoard
        members={members.items.map((item) => memberView.parse(item))}
        invitations={invitations?.items.map((item) => invitationView.parse(item)) ?? null}
        myUserId={requireUser(ctx).userId}
        timeZone={workspace.timeZone}
        nowMs={ctx.now.getTime()}
      />
    </SettingsFrame>
  );
}
