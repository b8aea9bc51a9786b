import Link from "next/link";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Time } from "#components/ui/time";
import type { AuditEvent } from "#lib/audit/store";
import { formatZone } from "#lib/format/dates";
import { auditTargetHref, auditWords } from "./audit-words.ts";

interface AuditTableProps {
  events: readonly Omit<AuditEvent, "detail">[];
  timeZone: string;
  now: Date;
}

const ACTORS: Record<string, string> = { user: "", "api-key": "API key", system: "system" };

export function AuditTable({ events, timeZone, now }: AuditTableProps) {
  return (
    <Table label="Audit log">
      <Thead>
        <Th widthPx={150}>When, {formatZone(now, timeZone)}</Th>
        <Th>Who</Th>
        <Th>What</Th>
        <Th>On</Th>
        <Th>From</Th>
      </Thead>
      <Tbody>
        {events.map((event) => (
          <Tr key={event.id}>
            <Td muted phone="end">
              <Time at={event.at} timeZone={timeZone} now={now} />
            </Td>
            <Td phone="main" className="font-medium">
              {event.actorLabel}
              {ACTORS[event.actorKind] ? (
                <span className="font-normal text-muted"> {ACTORS[event.actorKind]}</span>
              ) : null}
            </Td>
            <Td>
              <span title={event.action}>{auditWords(event.action)}</span>
            </Td>
            <Td muted phone="hide" className="max-w-60">
              <Target target={event.target} />
            </Td>
            <Td muted phone="hide" className="text-xs">
              {event.address || "–"}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Target({ target }: { target: string | null }) {
  if (target === null) return "–";
  const short = target.replace(/^\/api\/v1/, "");
  const href = auditTargetHref(target);
  const text = (
    <code className="block truncate text-xs" title={short}>
      {short}
    </code>
  );
  return href === null ? (
    text
  ) : (
    <Link href={href} className="link-bare">
      {text}
    </Link>
  );
}
