"use client";

import { useState } from "react";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Switch } from "#components/ui/choice";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { apiFetch } from "#lib/http/client";
import type { NotificationSetting } from "#lib/notifications/schema";

interface NotificationSwitchesProps {
  settings: readonly NotificationSetting[];
  email: string;
}

/** Each switch takes effect at once; a refused one goes back. */
export function NotificationSwitches({ settings, email }: NotificationSwitchesProps) {
  const [shown, setShown] = useState(settings);
  const { run, formError } = useSubmit();
  const change = async (next: NotificationSetting) => {
    const before = shown;
    setShown(before.map((setting) => (setting.kind === next.kind ? next : setting)));
    const { label: _label, ...body } = next;
    const isDone = await run(() => apiFetch("/api/v1/notifications/settings", { method: "PUT", body }));
    if (!isDone) setShown(before);
  };
  return (
    <>
      <FormError>{formError()}</FormError>
      <Table label="What you are told, and how">
        <Thead>
          <Th>What happened</Th>
          <Th widthPx={110}>Inbox</Th>
          <Th widthPx={110}>E-mail</Th>
        </Thead>
        <Tbody>
          {shown.map((setting) => (
            <Tr key={setting.kind}>
              <Td className="max-md:font-medium">{setting.label}</Td>
              <Td>
                <Switch
                  label={<SwitchWord visible="Inbox" rest={setting.label} />}
                  checked={setting.inbox}
                  onChange={(event) => void change({ ...setting, inbox: event.target.checked })}
                />
              </Td>
              <Td>
                <Switch
                  label={<SwitchWord visible="E-mail" rest={setting.label} />}
                  checked={setting.email}
                  onChange={(event) => void change({ ...setting, email: event.target.checked })}
                />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <p className="mt-3 text-xs text-muted">Letters go to {email}.</p>
    </>
  );
}

/** The column head is not seen on phones, and never by a screen reader at the switch itself. */
function SwitchWord({ visible, rest }: { visible: string; rest: string }) {
  return (
    <>
      <span className="text-xs text-muted md:sr-only">{visible}</span>
      <span className="sr-only">: {rest}</span>
    </>
  );
}
