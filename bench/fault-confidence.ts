import { resolve } from "node:path";
import { type DetectorChannel, detectFaults } from "#lib/sensors/detector/detect-faults";
import { DETECTOR_MODES, type DetectorMode } from "#lib/sensors/detector/types";
import { repositoryRoot } from "#lib/stack/repository-root";
import { readLabelledSeries } from "./sensors/labelled-series.ts";
import { stressNetworks } from "./sensors/network-stress.ts";

const EDGES = [1, 1.1, 1.25, 1.5, 2, 3, 5, 10, Infinity];
const SEEDS = ["c1", "c2", "c3"];
/** A span within an hour of a labelled row is right. */
const MARGIN_ROWS = 6;

interface Judged {
  mode: DetectorMode;
  score: number;
  isRight: boolean;
}

/** Of the spans with such a score, how many were true faults: the calibration of confidence. */
export function run({ dataDir }: { dataDir?: string }) {
  const folder = dataDir ?? resolve(repositoryRoot, "../shared/data/sensors");
  const judged = [...injected(folder), ...labelled(folder)];
  const modes = DETECTOR_MODES.map((mode) => {
    const bins = EDGES.slice(0, -1).map((from, k) => {
      const inside = judged.filter((one) => one.mode === mode && one.score > from && one.score <= EDGES[k + 1]!);
      const right = inside.filter(({ isRight }) => isRight).length;
      return { scoreAbove: from, spans: inside.length, shareRight: inside.length ? right / inside.length : null };
    });
    return [mode, bins] as const;
  });
  return Promise.resolve(Object.fromEntries(modes));
}

function* injected(folder: string): Generator<Judged> {
  for (const seed of SEEDS) {
    for (const { timestamps, loggers } of stressNetworks(folder, seed, 4)) {
      const channels = loggers.flatMap(({ name, temp, light }) => [
        { id: name, deviceId: name, property: "air_temperature", values: temp.values, labels: temp.labels },
        { id: name, deviceId: name, property: "illuminance", values: light.values, labels: light.labels },
      ]);
      yield* judge({ timestamps, channels });
    }
  }
}

function* labelled(folder: string): Generator<Judged> {
  for (const { times, variable, values, labels } of readLabelledSeries(folder, ["lro", "wsn"])) {
    yield* judge({ timestamps: times, channels: [{ id: "1", deviceId: "1", property: variable, values, labels }] });
  }
}

interface Labelled {
  timestamps: Float64Array;
  channels: (DetectorChannel & { labels: Uint8Array })[];
}

function judge(input: Labelled): Judged[] {
  return detectFaults(input).flatMap(({ mode, spans }, i) => {
    const { labels } = input.channels[i]!;
    return spans.map(({ score, startIndex, endIndex }) => {
      const near = labels.subarray(Math.max(0, startIndex - MARGIN_ROWS), endIndex + MARGIN_ROWS);
      return { mode, score, isRight: near.includes(1) };
    });
  });
}
