import { EmptyState } from "#components/ui/empty-state";
import { StateBadge } from "#components/ui/state-badge";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { formatZone, wallTimeOf } from "#lib/format/dates";
import { formatNumber } from "#lib/format/numbers";
import type { FrameHead } from "#lib/driving/board/core/live-board";

/** The newest frames: the same numbers and counts for every viewer. */
export function FrameList({ frames, timeZone }: { frames: readonly FrameHead[]; timeZone: string }) {
  if (frames.length === 0) {
    return (
      <EmptyState title="No frame yet" illustration={null}>
        Every 30 s a frame closes with all records received since the one before, late ones marked.
      </EmptyState>
    );
  }
  return (
    <div className="px-[18px] pt-1">
      <Table label="Frames" dense>
        <Thead>
          <Th>Frame</Th>
          <Th>Closed, {formatZone(frames[0]?.endsAtMs ?? 0, timeZone)}</Th>
          <Th num>Records</Th>
          <Th num>Late</Th>
        </Thead>
        <Tbody>
          {frames.map(({ frameNo, endsAtMs, count, lateCount }) => (
            <Tr key={frameNo}>
              <Td phone="main">{formatNumber(frameNo)}</Td>
              <Td phone="end" muted>
                {clockText(endsAtMs, timeZone)}
              </Td>
              <Td num phoneLabel="records">
                {formatNumber(count)}
              </Td>
              <Td num phoneLabel="late">
                {lateCount > 0 ? <StateBadge state="silent">{formatNumber(lateCount)}</StateBadge> : "0"}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}

function clockText(atMs: number, timeZone: string): string {
  const { hour, minute, second } = wallTimeOf(atMs, timeZone);
  return [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
}
