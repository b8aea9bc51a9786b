"use client";

import { Age } from "#components/ui/age";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/dialog";
import { RowActions, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Tag } from "#components/ui/tag";
import { createdApiKey, type ApiKeyView } from "#lib/auth/schema";
import { apiFetch } from "#lib/http/client";
import { Expiry } from "./expiry.tsx";

interface ApiKeyTableProps {
  keys: readonly ApiKeyView[];
  timeZone: string;
  now: Date;
  onRotated: (secret: { key: string; name: string; verb: "rotated" }) => void;
  onRevoked: () => void;
}

export function ApiKeyTable({ keys, timeZone, now, onRotated, onRevoked }: ApiKeyTableProps) {
  const rotate = async ({ id, name }: ApiKeyView) => {
    const { key } = await apiFetch(`/api/v1/api-keys/${id}/rotate`, { method: "POST", response: createdApiKey });
    onRotated({ key, name, verb: "rotated" });
  };
  const revoke = async ({ id }: ApiKeyView) => {
    await apiFetch(`/api/v1/api-keys/${id}`, { method: "DELETE" });
    onRevoked();
  };
  return (
    <Table label="API keys" className="[--cell-height:52px]!">
      <Thead>
        <Th>Name</Th>
        <Th>Scopes</Th>
        <Th num>Last used</Th>
        <Th>Expires</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </Thead>
      <Tbody>
        {keys.map((item) => (
          <Tr key={item.id}>
            <Td phone="main">
              <span className="block font-medium">{item.name}</span>
              <span className="block font-mono text-xs text-muted" title={`Made by ${item.createdBy}`}>
                {item.prefix}…
              </span>
            </Td>
            <Td>
              <span className="flex flex-wrap gap-1 py-1.5">
                {item.scopes.map((scope) => (
                  <Tag key={scope} mono>
                    {scope}
                  </Tag>
                ))}
              </span>
            </Td>
            <Td num phoneLabel="Last used" nowrap>
              {item.lastUsedAt === null ? (
                <span className="text-muted">never</span>
              ) : (
                <Age at={item.lastUsedAt} now={now} timeZone={timeZone} ago />
              )}
            </Td>
            <Td nowrap>
              <Expiry at={item.expiresAt} now={now} timeZone={timeZone} />
            </Td>
            <Td phone="end">
              <KeyActions
                item={item}
                isExpired={item.expiresAt !== null && Date.parse(item.expiresAt) <= now.getTime()}
                onRotate={() => rotate(item)}
                onRevoke={() => revoke(item)}
              />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

interface KeyActionsProps {
  item: ApiKeyView;
  isExpired: boolean;
  onRotate: () => Promise<void>;
  onRevoke: () => Promise<void>;
}

function KeyActions({ item, isExpired, onRotate, onRevoke }: KeyActionsProps) {
  const verb = isExpired ? "Delete" : "Revoke";
  return (
    <RowActions>
      <ConfirmDialog
        title={`Rotate “${item.name}”?`}
        description="It gets a new secret. The old one is refused from this moment, so whatever uses it stops until you give it the new one."
        confirmLabel="Rotate key"
        cancelLabel="Keep key"
        onConfirm={onRotate}
        trigger={<Button size="sm">Rotate</Button>}
      />
      <ConfirmDialog
        title={`${verb} “${item.name}”?`}
        description={
          isExpired
            ? "It is refused already; deleting frees its name."
            : "It is refused from its next request on. This cannot be undone."
        }
        confirmLabel={`${verb} key`}
        cancelLabel="Keep key"
        danger
        onConfirm={onRevoke}
        trigger={
          <Button size="sm" variant={isExpired ? "secondary" : "danger"}>
            {verb}
          </Button>
        }
      />
    </RowActions>
  );
}
