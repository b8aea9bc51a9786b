import { MAP_STATES, type MapState } from "#lib/maps/spec";
import { CAUSE_IDS, type CauseId } from "#lib/sensors/core/fault-causes";
import { sensorFilter, type SensorFilter } from "#lib/sensors/schema";

/** The parameters of the URL that choose sensors; others choose how they are shown. */
export const FILTER_KEYS = ["q", "state", "cause", "owner", "property", "mine", "placed"] as const;

/** The filter of a URL; parameters that are no filter are left out one by one, so that a typo does not empty the page. */
export function readFilter(params: URLSearchParams): SensorFilter {
  const filter: SensorFilter = {};
  for (const key of FILTER_KEYS) {
    const value = params.get(key);
    if (value === null || value === "") continue;
    const outcome = sensorFilter.safeParse({ [key]: value });
    if (outcome.success) Object.assign(filter, outcome.data);
  }
  return filter;
}

/** The filter as the API takes it. */
export function filterQuery(params: URLSearchParams): URLSearchParams {
  const filter = readFilter(params);
  const query = new URLSearchParams();
  for (const key of FILTER_KEYS) if (filter[key] !== undefined) query.set(key, String(filter[key]));
  return query;
}

/** The same page with some parameters changed; null takes one away. */
export function hrefWith(path: string, params: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(params);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  const text = next.toString().replaceAll("%2C", ",");
  return text === "" ? path : `${path}?${text}`;
}

/** The value of `state` after one state was switched in the legend: none shown would be an empty map, so it means all. */
export function toggledStates(shown: readonly MapState[] | undefined, state: MapState): string | null {
  const before = new Set(shown?.length ? shown : MAP_STATES);
  if (before.has(state)) before.delete(state);
  else before.add(state);
  return before.size === 0 || before.size === MAP_STATES.length
    ? null
    : MAP_STATES.filter((s) => before.has(s)).join(",");
}

/** The value of `cause` after one was chosen in the legend or let go; none chosen shows all. */
export function toggledCauses(chosen: readonly CauseId[] | undefined, cause: CauseId): string | null {
  const after = new Set(chosen);
  if (!after.delete(cause)) after.add(cause);
  return after.size === 0 ? null : CAUSE_IDS.filter((id) => after.has(id)).join(",");
}
