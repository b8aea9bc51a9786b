"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Age } from "#components/ui/age";
import { Avatar } from "#components/ui/avatar";
import { ConfirmDialog } from "#components/ui/dialog";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem } from "#components/ui/menu";
import { RowActions, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { secretLink } from "#lib/auth/schema";
import { apiFetch } from "#lib/http/client";
import type { MemberView } from "#lib/workspaces/schema";
import { RolePicker } from "./role-picker.tsx";
import { roleWord } from "./roles.tsx";

interface MemberTableProps {
  members: readonly MemberView[];
  myUserId: string;
  canManage: boolean;
  timeZone: string;
  now: Date;
  onChanged: () => void;
  onResetLink: (link: { url: string; name: string }) => void;
}

export function MemberTable(props: MemberTableProps) {
  const { members, myUserId, canManage, timeZone, now, onChanged, onResetLink } = props;
  return (
    <Table label="Members" className="[--cell-height:52px]!">
      <Thead>
        <Th>Name</Th>
        <Th>Role</Th>
        <Th>Member since</Th>
        <Th num>Last seen</Th>
        {canManage ? (
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        ) : null}
      </Thead>
      <Tbody>
        {members.map((member) => (
          <Tr key={member.userId}>
            <Td phone="main">
              <span className="flex items-center gap-2.5">
                <Avatar name={member.name} />
                <span className="min-w-0">
                  <span className="block font-medium">
                    {member.name}
                    {member.userId === myUserId ? <span className="font-normal text-muted"> you</span> : null}
                  </span>
                  <span className="block text-xs [overflow-wrap:anywhere] text-muted">{member.email}</span>
                </span>
              </span>
            </Td>
            <Td>{canManage ? <RolePicker member={member} onChanged={onChanged} /> : roleWord(member.role)}</Td>
            <Td muted phone="hide">
              <Time at={member.joinedAt} timeZone={timeZone} now={now} show="date" />
            </Td>
            <Td num muted phoneLabel="seen">
              {member.lastSeenAt === null ? "never" : <Age at={member.lastSeenAt} now={now} timeZone={timeZone} ago />}
            </Td>
            {canManage ? (
              <Td phone="end">
                <MemberMenu member={member} onChanged={onChanged} onResetLink={onResetLink} />
              </Td>
            ) : null}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

interface MemberMenuProps extends Pick<MemberTableProps, "onChanged" | "onResetLink"> {
  member: MemberView;
}

function MemberMenu({ member, onChanged, onResetLink }: MemberMenuProps) {
  const [asked, setAsked] = useState<"reset" | "remove">();
  const path = `/api/v1/members/${member.userId}`;
  const makeLink = async () => {
    const { url } = await apiFetch(`${path}/reset-link`, { method: "POST", response: secretLink });
    onResetLink({ url, name: member.name });
  };
  const remove = async () => {
    await apiFetch(path, { method: "DELETE" });
    onChanged();
  };
  const close = (open: boolean) => {
    if (!open) setAsked(undefined);
  };
  return (
    <RowActions>
      <Menu trigger={<IconButton label={`Actions for ${member.name}`} icon={Ellipsis} size="sm" />}>
        <MenuItem onSelect={() => setAsked("reset")}>Make reset link</MenuItem>
        <MenuItem danger onSelect={() => setAsked("remove")}>
          Remove from workspace
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={asked === "reset"}
        onOpenChange={close}
        title={`Reset link for ${member.name}?`}
        description="Whoever opens it sets a new password for this account and ends its sessions. Hand it to nobody else."
        confirmLabel="Make link"
        cancelLabel="Keep password"
        onConfirm={makeLink}
      />
      <ConfirmDialog
        open={asked === "remove"}
        onOpenChange={close}
        title={`Remove ${member.name}?`}
        description={`${member.email} loses access at once. Uploads, runs and datasets stay.`}
        confirmLabel="Remove member"
        cancelLabel="Keep member"
        danger
        onConfirm={remove}
      />
    </RowActions>
  );
}
