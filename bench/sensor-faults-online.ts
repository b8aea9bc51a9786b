import { resolve } from "node:path";
import { detectFaults } from "#lib/sensors/detector/detect-faults";
import { FLAG_SCORE } from "#lib/sensors/detector/types";
import { compositeF } from "#lib/sensors/scoring/composite-f";
import { falseAlarmsPerMonth } from "#lib/sensors/scoring/false-alarms";
import type { LabelledFlags } from "#lib/sensors/scoring/labelled-scores";
import { pointF1 } from "#lib/sensors/scoring/point-f1";
import { repositoryRoot } from "#lib/stack/repository-root";
import { type LabelledSeries, readLabelledSeries } from "./sensors/labelled-series.ts";

/** A flag is final after so many days; before, it may still change. */
const FINAL_DAYS = 3;
/** With less history nothing is judged against the network. */
const DAYS_MIN = 3;

/**
 * The network detector as it runs day by day: at each day's end it sees the past only. Flags of that day as decided
 * then, flags as they stand three days later, and those of one detection over everything, on the loggers' temperatures.
 */
export function run({ dataDir }: { dataDir?: string }) {
  const folder = dataDir ?? resolve(repositoryRoot, "../shared/data/sensors");
  const all = [...readLabelledSeries(folder, ["fault_temp", "fault_light"])];
  const networks = Map.groupBy(all, ({ device }) => /^hobo_([^_]+)_/.exec(device)?.[1] ?? device);
  const decided = { atDaysEnd: [], afterThreeDays: [], batch: [] } as Record<string, LabelledFlags[]>;
  for (const network of networks.values()) {
    for (const [when, flags] of Object.entries(follow(network))) decided[when]!.push(...flags);
  }
  return Object.fromEntries(Object.entries(decided).map(([when, flags]) => [when, figuresOf(flags)]));
}

function follow(network: readonly LabelledSeries[]) {
  const { times, samplesPerDay } = network[0]!;
  const days = Math.ceil(times.length / samplesPerDay);
  const judged = network.filter(({ family }) => family === "fault_temp");
  const empty = () => judged.map(() => new Uint8Array(times.length));
  const flags = { atDaysEnd: empty(), afterThreeDays: empty(), batch: empty() };
  for (let day = DAYS_MIN; day <= days; day++) {
    const endRow = Math.min(times.length, day * samplesPerDay);
    const scores = detect(network, endRow);
    const copyDays = (into: Uint8Array[], fromDay: number, toDay: number) =>
      into.forEach((own, i) => {
        const [from, to] = [Math.max(0, fromDay) * samplesPerDay, Math.min(endRow, toDay * samplesPerDay)];
        for (let row = from; row < to; row++) own[row] = (scores[i]![row] ?? 0) > FLAG_SCORE ? 1 : 0;
      });
    copyDays(flags.atDaysEnd, day === DAYS_MIN ? 0 : day - 1, day);
    // What the last detection says of the newest days stands, for there is no later one.
    copyDays(
      flags.afterThreeDays,
      day - FINAL_DAYS - (day === DAYS_MIN ? day : 1),
      day === days ? day : day - FINAL_DAYS,
    );
    if (day === days) copyDays(flags.batch, 0, day);
  }
  const labelled = (own: Uint8Array[]): LabelledFlags[] =>
    own.map((marks, i) => ({ flags: marks, labels: judged[i]!.labels, samplesPerDay }));
  return {
    atDaysEnd: labelled(flags.atDaysEnd),
    afterThreeDays: labelled(flags.afterThreeDays),
    batch: labelled(flags.batch),
  };
}

/** Scores of the temperatures, by a detector that sees rows before `endRow`. */
function detect(network: readonly LabelledSeries[], endRow: number): Float64Array[] {
  const channels = network.map(({ name, device, family, values }) => ({
    id: name,
    deviceId: device,
    property: family === "fault_temp" ? "air_temperature" : "illuminance",
    values: values.subarray(0, endRow),
  }));
  const results = detectFaults({ timestamps: network[0]!.times.subarray(0, endRow), channels });
  return results.filter((_, i) => network[i]!.family === "fault_temp").map(({ score }) => score);
}

function figuresOf(flags: readonly LabelledFlags[]) {
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    compositeF: round(compositeF(flags).f),
    pointF1: round(pointF1(flags).f1),
    falseAlarmsPerSensorMonth: round(falseAlarmsPerMonth(flags)),
  };
}
