import type { RunTools } from "#lib/algorithms/define";
import { compareSpans, type FlagSpan } from "#lib/sensors/core/flag";
import { propertyId, propertyRule } from "../core/property-rules.ts";
import { fieldRule, isJudgedByReference } from "./field-rules.ts";
import { frameOf, type HourFrame, hoursOf } from "./hours.ts";
import { judgeAgainstReference } from "./judge-against-reference.ts";
import { judgeField, NEIGHBOURS_MIN } from "./judge-field.ts";
import { judgeLight, judgeSoil } from "./judge-siblings.ts";
import {
  type CheckNetworkData,
  type CheckNetworkParams,
  type CheckNetworkResult,
  type Neighbourhood,
  NETWORK_CHECKS,
  type NetworkCheck,
  type NetworkFlag,
  type NetworkSeries,
} from "./schema.ts";

interface Tally {
  judged: number;
  series: number;
  spans: number;
}

/** Judges one neighbourhood after the other; only what was found is kept, so memory is that of one. */
export async function runCheckNetwork(
  params: CheckNetworkParams,
  data: CheckNetworkData,
  tools: Pick<RunTools, "signal" | "onProgress" | "log">,
): Promise<CheckNetworkResult> {
  const flags: NetworkFlag[] = [];
  const judged: CheckNetworkResult["judged"] = [];
  const tallies = new Map(
    NETWORK_CHECKS.map((check): [NetworkCheck, Tally] => [check, { judged: 0, series: 0, spans: 0 }]),
  );
  let done = 0;
  for await (const neighbourhood of data.neighbourhoods) {
    tools.signal.throwIfAborted();
    for (const { series, checks, spans } of checkNeighbourhood(neighbourhood, params)) {
      if (series.times.length === 0) continue;
      judged.push({ datastreamId: series.datastreamId, fromMs: series.times[0]!, toMs: series.times.at(-1)! });
      for (const check of checks) tallies.get(check)!.judged++;
      for (const check of new Set(spans.map((span) => span.check))) tallies.get(check as NetworkCheck)!.series++;
      for (const span of spans) {
        const flag = toFlag(series, span);
        if (flag === null) continue;
        tallies.get(flag.check)!.spans++;
        flags.push(flag);
      }
    }
    tools.onProgress(++done / Math.max(1, data.count), "Comparing neighbours");
  }
  tools.log("info", `Compared ${judged.length} datastreams: ${flags.length} spans flagged.`);
  const byCheck = [...tallies].map(([check, tally]) => ({ check, ...tally }));
  return { seriesCount: judged.length, byCheck, judged, flags };
}

interface Findings {
  series: NetworkSeries;
  checks: Set<NetworkCheck>;
  spans: FlagSpan[];
}

/** Everything that can be said about the series of sensors near each other. */
export function checkNeighbourhood(neighbourhood: Neighbourhood, params: CheckNetworkParams): Findings[] {
  const isVoter = ({ sensorId }: NetworkSeries) => neighbourhood.voterIds?.has(sensorId) ?? false;
  const own = neighbourhood.series.filter((series) => !isVoter(series));
  const frame = frameOf(own);
  const all = neighbourhood.series.map((series): Findings => ({ series, checks: new Set(), spans: [] }));
  const findings = all.filter(({ series }) => !isVoter(series));
  if (frame === null) return findings;
  const groups = Map.groupBy(all, ({ series }) => `${propertyId(series.observedProperty)} ${series.unit}`);
  for (const group of groups.values()) checkField(group, { neighbourhood, frame, params });
  for (const siblings of Map.groupBy(findings, ({ series }) => series.sensorId).values()) {
    checkSiblings(siblings, neighbourhood);
  }
  for (const { spans } of findings) spans.sort(compareSpans);
  return findings;
}

interface Context {
  neighbourhood: Neighbourhood;
  frame: HourFrame;
  params: CheckNetworkParams;
}

/** One quantity of all sensors: neighbours first, then each of this block against its reference station. */
function checkField(group: readonly Findings[], { neighbourhood, frame, params }: Context): void {
  const { observedProperty, unit } = group[0]!.series;
  const rule = fieldRule(observedProperty, unit);
  if (rule === null) return;
  const places = new Map(neighbourhood.places.map((place) => [place.sensorId, place]));
  const heights = neighbourhood.places.flatMap(({ elevationM }) => (elevationM === null ? [] : [elevationM]));
  const height = heights.length > 0 ? heights.reduce((a, b) => a + b, 0) / heights.length : 0;
  const hourly = new Map(group.map((one) => [one, hoursOf(one.series, frame)]));
  const placed = group.flatMap((one) => {
    const { lat, lon, elevationM } = places.get(one.series.sensorId) ?? {};
    return lat === undefined || lon === undefined ? [] : [{ one, lat, lon, elevationM: elevationM ?? height }];
  });
  const field = { stations: placed, hourly: placed.map(({ one }) => hourly.get(one)!), frame, rule, unit };
  const near = judgeField({ ...field, threshold: params.threshold, hoursMin: params.hoursMin });
  placed.forEach(({ one }, i) => {
    const { spans, isBuddyJudged, isSpatialJudged } = near[i]!;
    if (isBuddyJudged) one.checks.add("buddy");
    if (isSpatialJudged) one.checks.add("spatial consistency");
    one.spans.push(...spans);
  });
  const own = group.filter(({ series }) => !(neighbourhood.voterIds?.has(series.sensorId) ?? false));
  for (const one of own) compareWithReference(one, { ...field, hourly, neighbourhood, params, size: own.length });
}

interface ReferenceContext {
  hourly: ReadonlyMap<Findings, Float64Array>;
  frame: HourFrame;
  neighbourhood: Neighbourhood;
  params: CheckNetworkParams;
  /** How many sensors measure this here. */
  size: number;
}

function compareWithReference(one: Findings, { hourly, frame, neighbourhood, params, size }: ReferenceContext): void {
  const { sensorId, observedProperty, unit } = one.series;
  const id = propertyId(observedProperty);
  const isSame = (other: NetworkSeries) => propertyId(other.observedProperty) === id && other.unit === unit;
  const reference = neighbourhood.references.get(sensorId)?.find(isSame);
  if (!reference) return;
  const light = neighbourhood.series.find(
    (other) => other.sensorId === sensorId && propertyId(other.observedProperty) === "illuminance",
  );
  const seeksLong = isJudgedByReference(observedProperty, size, NEIGHBOURS_MIN);
  const spans = judgeAgainstReference({
    ...{ own: hourly.get(one)!, reference: hoursOf(reference, frame), referenceCode: reference.sensorCode },
    ...{ frame, accuracy: propertyRule(observedProperty, unit).accuracy, unit, hoursMin: params.hoursMin, seeksLong },
    lux: light ? hoursOf(light, frame) : null,
  });
  if (spans === null) return;
  one.checks.add("reference");
  if (seeksLong) for (const check of ["change point", "clock shift"] as const) one.checks.add(check);
  if (seeksLong && light) one.checks.add("sun heating");
  one.spans.push(...spans);
}

/** Quantities of one sensor against each other; rain may be the reference station's. */
function checkSiblings(siblings: readonly Findings[], { references }: Neighbourhood): void {
  const find = (id: string) => siblings.find(({ series }) => propertyId(series.observedProperty) === id);
  const [light, temperature, soil] = [find("illuminance"), find("air_temperature"), find("soil_moisture")];
  const add = (one: Findings, check: NetworkCheck, spans: FlagSpan[] | null) => {
    if (spans === null) return;
    one.checks.add(check);
    one.spans.push(...spans);
  };
  if (light && temperature) add(light, "light and temperature", judgeLight(light.series, temperature.series));
  if (!soil) return;
  const isRain = (series: NetworkSeries) => propertyId(series.observedProperty) === "rainfall";
  const rain = find("rainfall")?.series ?? references.get(soil.series.sensorId)?.find(isRain);
  if (rain) add(soil, "rain and soil moisture", judgeSoil(soil.series, rain));
}

/** A span by its readings: hours become the instants of the first and last of them; null when there is none. */
function toFlag(
  { datastreamId, sensorCode, observedProperty, times }: NetworkSeries,
  span: FlagSpan,
): NetworkFlag | null {
  const first = times.findIndex((time) => time >= span.startAtMs);
  const last = times.findLastIndex((time) => time <= span.endAtMs);
  if (first < 0 || last < first) return null;
  return {
    ...{ datastreamId, sensorCode, observedProperty, check: span.check as NetworkCheck, flag: 3, reason: span.reason },
    ...{ startAtMs: times[first]!, endAtMs: times[last]!, pointCount: last - first + 1, score: span.score ?? 1 },
  };
}
