import { type KindCounts, MAP_STATES, type MapCluster, type MapItem, type MapState, type StateCounts } from "./spec.ts";

/** The word that always goes with the shape. */
export const STATE_WORD: Record<MapState, string> = {
  good: "Good",
  recovered: "Recovered",
  suspect: "Suspect",
  fault: "Fault",
  silent: "Silent",
  reference: "Reference station",
};

/** Worst first: the order in which a person wants to hear about them. */
export const STATES_BY_URGENCY: readonly MapState[] = ["fault", "suspect", "silent", "recovered", "reference", "good"];

/** "51 good, 3 suspect, 3 fault", without the states that do not occur. */
export function describeCounts(counts: StateCounts): string {
  const parts = MAP_STATES.filter((state) => counts[state]).map(
    (state) => `${formatCount(counts[state] ?? 0)} ${STATE_WORD[state].toLowerCase()}`,
  );
  return parts.join(", ");
}

/** One line for tooltip and screen reader; the noun is the plural of what the map shows. */
export function describeItem(item: MapItem, noun = "sensors"): string {
  if (item.kind === "cluster") return `${formatCount(item.count)} ${noun}: ${describeCounts(item.byState)}`;
  const state = (item.stateWord ?? STATE_WORD[item.state]).toLowerCase();
  return `${item.label ?? item.id}, ${state}${item.detail ? `, ${item.detail}` : ""}`;
}

/** The kind of a point, or how many of a cluster are of which, the commonest first: "3 stuck, 1 drift"; "" for none. */
export function describeKinds(item: MapItem, names: readonly string[]): string {
  if (item.kind === "point") return names[Math.round(item.value ?? 0) - 1] ?? "";
  return commonestFirst(item.byKind ?? {})
    .map(({ kind, count }) => `${formatCount(count)} ${names[kind - 1] ?? "other"}`)
    .join("; ");
}

/** Kinds with their counts, the commonest first; of equals the smaller number. */
export function commonestFirst(counts: KindCounts): { kind: number; count: number }[] {
  return Object.entries(counts)
    .map(([kind, count]) => ({ kind: Number(kind), count }))
    .sort((a, b) => b.count - a.count || a.kind - b.kind);
}

/** The state a cluster counts as when one has to be named: its most urgent member. */
export function worstState(cluster: MapCluster): MapState {
  return STATES_BY_URGENCY.find((state) => (cluster.byState[state] ?? 0) > 0) ?? "good";
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
