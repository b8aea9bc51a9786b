import { StateBadge } from "#components/ui/state-badge";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import type { EpisodeRow } from "#lib/driving/history/schema";
import { formatNumber } from "#lib/format/numbers";
import { episodeShape, KIND_WORDS, lastedWords } from "./episode-words.tsx";

/** A driver's episodes, newest first. */
export function EpisodeTable({ episodes }: { episodes: readonly EpisodeRow[] }) {
  return (
    <Table label="Episodes">
      <Thead>
        <Th>Start, vehicle’s clock</Th>
        <Th>Kind</Th>
        <Th num>Lasted</Th>
        <Th num>Peak, km/h</Th>
        <Th num>Records</Th>
      </Thead>
      <Tbody>
        {episodes.map((episode) => (
          <Tr key={episode.id}>
            <Td phone="main">
              <RowLink href={`/driving/episodes/${episode.id}`}>{episode.startAt}</RowLink>
            </Td>
            <Td phone="end">
              <StateBadge state={episodeShape(episode)}>{KIND_WORDS[episode.kind]}</StateBadge>
            </Td>
            <Td num phoneLabel="lasted">
              {lastedWords(episode)}
            </Td>
            <Td num phoneLabel="peak km/h">
              {formatNumber(episode.peakSpeedKmh, { decimals: 0 })}
            </Td>
            <Td num muted phone="hide">
              {formatNumber(episode.recordCount)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
