"use client";

import { useRouter } from "next/navigation";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Age } from "#components/ui/age";
import { Button } from "#components/ui/button";
import { SectionHead } from "#components/ui/section";
import { StateBadge } from "#components/ui/state-badge";
import { RowActions, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { revokedCount, type SessionView } from "#lib/auth/schema";
import { describeUserAgent } from "#lib/auth/user-agent";
import { countOf } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";

interface SessionTableProps {
  sessions: readonly SessionView[];
  timeZone: string;
  nowMs: number;
}

export function SessionTable({ sessions, timeZone, nowMs }: SessionTableProps) {
  const router = useRouter();
  const { pending, run, formError } = useSubmit();
  const now = new Date(nowMs);
  const end = async (path: string) => {
    const isDone = await run(() =>
      apiFetch(path, { method: "DELETE", ...(path.endsWith("sessions") ? { response: revokedCount } : {}) }),
    );
    if (isDone) router.refresh();
  };
  const others = sessions.filter((session) => !session.isCurrent).length;
  return (
    <>
      <SectionHead
        title="Where you are signed in"
        caption={countOf(sessions.length, "session")}
        more={
          others > 0 ? (
            <Button size="sm" variant="danger" pending={pending} onClick={() => void end("/api/v1/sessions")}>
              End all others
            </Button>
          ) : undefined
        }
      />
      <FormError>{formError()}</FormError>
      <Table label="Sessions">
        <Thead>
          <Th>Browser</Th>
          <Th>Signed in</Th>
          <Th num>Last seen</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </Thead>
        <Tbody>
          {sessions.map((session) => (
            <Tr key={session.id}>
              <Td phone="main">
                <span className="block font-medium" title={session.userAgent}>
                  {describeUserAgent(session.userAgent)}
                </span>
                {session.address && session.address !== "local" ? (
                  <span className="block text-xs text-muted">{session.address}</span>
                ) : null}
              </Td>
              <Td muted phoneLabel="Signed in">
                <Time at={session.createdAt} timeZone={timeZone} now={now} />
              </Td>
              <Td num muted phoneLabel="Last seen">
                <Age at={session.lastSeenAt} now={now} timeZone={timeZone} ago />
              </Td>
              <Td phone="end" num>
                {session.isCurrent ? (
                  <StateBadge state="good">this one</StateBadge>
                ) : (
                  <RowActions>
                    <Button size="sm" onClick={() => void end(`/api/v1/sessions/${session.id}`)}>
                      End
                    </Button>
                  </RowActions>
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
