import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { detectFaults } from "#lib/sensors/detector/detect-faults";
import { FLAG_SCORE } from "#lib/sensors/detector/types";
import { compositeF } from "#lib/sensors/scoring/composite-f";
import { coverageByKind, type KnownFault } from "#lib/sensors/scoring/coverage-by-kind";
import { eventF1 } from "#lib/sensors/scoring/event-f1";
import { falseAlarmsPerMonth } from "#lib/sensors/scoring/false-alarms";
import type { LabelledFlags } from "#lib/sensors/scoring/labelled-scores";
import { pointF1 } from "#lib/sensors/scoring/point-f1";
import { vusPr } from "#lib/sensors/scoring/vus-pr";
import { repositoryRoot } from "#lib/stack/repository-root";
import { run as runNab } from "./nab.ts";
import { readKnownEvents } from "./sensors/known-events.ts";
import { type LabelledSeries, readLabelledSeries } from "./sensors/labelled-series.ts";

/** Observed property of every column that the data folders hold. */
const PROPERTIES: Record<string, string> = {
  temp_c: "air_temperature",
  temperature: "air_temperature",
  lux: "illuminance",
  soil_moisture: "soil_moisture",
};

interface Scored {
  series: LabelledSeries;
  score: Float64Array;
  elapsedMs: number;
}

interface FamilyFigures {
  series: number;
  points: number;
  compositeF: number;
  compositePrecision: number;
  compositeRecall: number;
  vusPr: number;
  pointF1: number;
  eventF1: number;
  falseAlarmsPerSensorMonth: number;
  usPerPoint: number;
  recallByKind?: Record<string, number>;
  coverageByKind?: Record<string, number>;
}

/** The whole detector on a folder of labelled series, one operating point for all: a score above 1 is a flag. */
export async function run({ dataDir }: { dataDir?: string }) {
  const folder = dataDir ?? resolve(repositoryRoot, "../shared/data/sensors");
  const eventsOf = readKnownEvents(folder);
  const scored = detectAll([...readLabelledSeries(folder)]);
  const families: Record<string, FamilyFigures> = {};
  for (const [family, group] of Map.groupBy(scored, ({ series }) => familyName(series))) {
    families[family] = figuresOf(group, eventsOf);
  }
  const known = scored.flatMap((one) => knownFaults(one, eventsOf));
  const injected = scored.filter(({ series }) => series.family.startsWith("fault_")).map(flagsOf);
  const points = scored.reduce((sum, { series }) => sum + series.values.length, 0);
  const elapsedMs = scored.reduce((sum, one) => sum + one.elapsedMs, 0);
  return {
    families,
    ...byKind(known),
    falseAlarmsPerSensorMonth: round(falseAlarmsPerMonth(injected)),
    usPerPoint: round((1000 * elapsedMs) / points),
    ...(existsSync(join(folder, "nab", "windows.json")) ? { nabScore: await runNab({ dataDir: folder }) } : {}),
  };
}

/** `nab_sensor` and `nab_other` are one family here. */
function familyName({ family }: LabelledSeries): string {
  return family.startsWith("nab") ? "nab" : family;
}

/** Loggers of one replicate are a network; elsewhere the channels of one device are judged together. */
function detectAll(all: readonly LabelledSeries[]): Scored[] {
  const groups = Map.groupBy(all, ({ family, device }) => {
    const replicate = /^hobo_([^_]+)_/.exec(device)?.[1];
    return replicate === undefined ? `${family} ${device}` : `network ${replicate}`;
  });
  return [...groups.values()].flatMap((group) => {
    const timestamps = group[0]!.times;
    // Channels of one device that were recorded apart have no common instants: each stands alone.
    const shared = group.filter(({ times }) => isSame(times, timestamps));
    const rest = group.filter((series) => !shared.includes(series));
    return [detectGroup(shared), ...rest.map((series) => detectGroup([series]))].flat();
  });
}

function detectGroup(group: readonly LabelledSeries[]): Scored[] {
  const startedMs = performance.now();
  const channels = group.map(({ name, device, variable, values }) => ({
    id: name,
    deviceId: device,
    property: PROPERTIES[variable] ?? variable,
    values,
  }));
  const results = detectFaults({ timestamps: group[0]!.times, channels });
  const elapsedMs = (performance.now() - startedMs) / group.length;
  return group.map((series, i) => ({ series, score: results[i]!.score, elapsedMs }));
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1);
}

function flagsOf({ series, score }: Scored): LabelledFlags {
  const flags = Uint8Array.from(score, (value) => (value > FLAG_SCORE ? 1 : 0));
  return { flags, labels: series.labels, samplesPerDay: series.samplesPerDay };
}

type EventsOf = ReturnType<typeof readKnownEvents>;

function knownFaults(one: Scored, eventsOf: EventsOf): KnownFault[] {
  const { flags } = flagsOf(one);
  return eventsOf(one.series).map((event) => ({ ...event, flags }));
}

function figuresOf(group: readonly Scored[], eventsOf: EventsOf): FamilyFigures {
  const flags = group.map(flagsOf);
  const composite = compositeF(flags);
  const volumes = group
    .map(({ series, score }) => vusPr({ scores: score, labels: series.labels }, series.samplesPerDay))
    .filter((value) => !Number.isNaN(value));
  const points = group.reduce((sum, { series }) => sum + series.values.length, 0);
  const known = group.flatMap((one) => knownFaults(one, eventsOf));
  return {
    series: group.length,
    points,
    compositeF: round(composite.f),
    compositePrecision: round(composite.precision),
    compositeRecall: round(composite.recall),
    vusPr: round(volumes.reduce((sum, value) => sum + value, 0) / volumes.length),
    pointF1: round(pointF1(flags).f1),
    eventF1: round(eventF1(flags).f1),
    falseAlarmsPerSensorMonth: round(falseAlarmsPerMonth(flags)),
    usPerPoint: round((1000 * group.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0)) / points),
    ...(known.length > 0 ? byKind(known) : {}),
  };
}

function byKind(known: readonly KnownFault[]) {
  const kinds = [...coverageByKind(known)].sort(([a], [b]) => a.localeCompare(b));
  return {
    recallByKind: Object.fromEntries(kinds.map(([kind, { recall }]) => [kind, round(recall)])),
    coverageByKind: Object.fromEntries(kinds.map(([kind, { coverage }]) => [kind, round(coverage)])),
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
