"use client";

import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/dialog";
import { RowActions, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { apiFetch } from "#lib/http/client";
import type { InvitationView } from "#lib/workspaces/schema";
import { createInvitation, type MadeInvitation } from "./invite-form.tsx";
import { roleWord } from "./roles.tsx";

interface InvitationTableProps {
  invitations: readonly InvitationView[];
  timeZone: string;
  now: Date;
  onChanged: () => void;
  onMade: (made: MadeInvitation) => void;
}

export function InvitationTable({ invitations, timeZone, now, onChanged, onMade }: InvitationTableProps) {
  const withdraw = async (id: string) => {
    await apiFetch(`/api/v1/invitations/${id}`, { method: "DELETE" });
    onChanged();
  };
  return (
    <Table label="Open invitations">
      <Thead>
        <Th>E-mail</Th>
        <Th>Role</Th>
        <Th>Invited by</Th>
        <Th>Until</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </Thead>
      <Tbody>
        {invitations.map((item) => (
          <Tr key={item.id}>
            <Td phone="main" className="font-medium [overflow-wrap:anywhere]">
              {item.email}
            </Td>
            <Td>{roleWord(item.role)}</Td>
            <Td muted phoneLabel="by">
              {item.createdBy}
            </Td>
            <Td muted phoneLabel="until">
              <Time at={item.expiresAt} timeZone={timeZone} now={now} show="date" />
            </Td>
            <Td phone="end">
              <RowActions>
                <ConfirmDialog
                  title={`New link for ${item.email}?`}
                  description="The earlier link stops working."
                  confirmLabel="Make new link"
                  cancelLabel="Keep link"
                  onConfirm={async () => onMade(await createInvitation(item))}
                  trigger={<Button size="sm">New link</Button>}
                />
                <ConfirmDialog
                  title={`Withdraw the invitation for ${item.email}?`}
                  description="Its link stops working. You can invite again at any time."
                  confirmLabel="Withdraw invitation"
                  cancelLabel="Keep invitation"
                  danger
                  onConfirm={() => withdraw(item.id)}
                  trigger={
                    <Button size="sm" variant="danger">
                      Withdraw
                    </Button>
                  }
                />
              </RowActions>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
