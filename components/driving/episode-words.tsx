import type { Shape } from "#components/ui/state-shape";
import type { EpisodeRow } from "#lib/driving/history/schema";
import { formatDuration } from "#lib/format/durations";

export const KIND_WORDS: Readonly<Record<EpisodeRow["kind"], string>> = {
  overspeed: "Overspeed",
  "neutral-slide": "Coasting in neutral",
  rule: "Over a rule’s limit",
};

export function episodeShape({ kind, state }: Pick<EpisodeRow, "kind" | "state">): Shape {
  if (state === "unclosed" || state === "withdrawn") return "silent";
  return kind === "neutral-slide" ? "suspect" : "fault";
}

/** `12 s`; 0 is a real duration, below the second of the clock. */
export function lastedWords({ state, durationS }: Pick<EpisodeRow, "state" | "durationS">): string {
  if (state === "open") return "open";
  if (state === "unclosed" || state === "withdrawn") return state;
  return durationS === 0 ? "under 1 s" : formatDuration(durationS);
}
