import { KeyValues } from "#components/ui/key-values";
import { Section } from "#components/ui/section";
import type { DrivenEpisode } from "#lib/driving/drivers/schema";
import { formatDuration } from "#lib/format/durations";
import { formatNumber } from "#lib/format/numbers";
import { lastedWords } from "./episode-words.tsx";

/** What is known of an episode, and what people said about its alert. */
export function EpisodeFacts({ episode }: { episode: DrivenEpisode }) {
  const { startAt, endAt, reportedS, peakSpeedKmh, recordCount, latitude, longitude } = episode;
  const degrees = (value: number) => formatNumber(value, { decimals: 5 });
  return (
    <>
      <Section title="Episode" caption="by the vehicle’s clock">
        <KeyValues
          items={[
            { key: "Start", value: startAt },
            { key: "End", value: endAt ?? "–" },
            { key: "Lasted", value: lastedWords(episode) },
            { key: "Device says", value: formatDuration(reportedS) },
            { key: "Peak", value: `${formatNumber(peakSpeedKmh, { decimals: 0 })} km/h` },
            { key: "Records", value: formatNumber(recordCount) },
            { key: "Began at", value: `${degrees(latitude)}, ${degrees(longitude)}` },
          ]}
        />
      </Section>
      <Section title="Alert">
        <p className="text-sm text-ink-2">{verdictWords(episode)}</p>
        {episode.verdictComment ? <p className="mt-1 text-sm">“{episode.verdictComment}”</p> : null}
      </Section>
    </>
  );
}

function verdictWords({ kind, verdict, verdictByLabel }: DrivenEpisode): string {
  if (verdict !== null)
    return `${verdict === "excused" ? "Excused" : "Acknowledged"} by ${verdictByLabel ?? "somebody"}.`;
  // Nobody is told about coasting, nor about what came late.
  return kind !== "neutral-slide" ? "Nobody has judged it." : "Coasting raises no alert.";
}
