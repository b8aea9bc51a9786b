import { resolve } from "node:path";
import { createRandom } from "#lib/math/random";
import { standardDeviation } from "#lib/math/stats";
import { type DetectorChannel, detectFaults } from "#lib/sensors/detector/detect-faults";
import { FLAG_SCORE } from "#lib/sensors/detector/types";
import { repositoryRoot } from "#lib/stack/repository-root";
import { stressNetworks } from "./sensors/network-stress.ts";

const SEEDS = ["h1", "h2", "h3"];
const NETWORKS = 4;
const LEARNED_ROWS = 12 * 144;
/** Every so many loggers one is off all the time that is judged. */
const OFF_EVERY = 5;

interface Tally {
  long: { flagged: number; rows: number };
  short: { flagged: number; rows: number };
  healthy: { flagged: number; rows: number };
}

const empty = (): Tally => ({
  long: { flagged: 0, rows: 0 },
  short: { flagged: 0, rows: 0 },
  healthy: { flagged: 0, rows: 0 },
});

/**
 * What a trained model adds: networks with injected faults, the first 12 days learned from, the last 16 judged with
 * and without. Every fifth logger is off (level or factor) throughout what is judged: nothing in that window shows it.
 */
export function run({ dataDir }: { dataDir?: string }) {
  const folder = dataDir ?? resolve(repositoryRoot, "../shared/data/sensors");
  const tallies = {
    temperature: { without: empty(), with: empty() },
    light: { without: empty(), with: empty() },
  };
  for (const seed of SEEDS) {
    for (const network of stressNetworks(folder, seed, NETWORKS)) {
      const random = createRandom(`${seed} long`);
      const { timestamps } = network;
      const channels = network.loggers.flatMap(({ name, temp, light }, j) => {
        const isOff = j % OFF_EVERY === 0;
        const shift = isOff
          ? (random.uniform() < 0.5 ? -1 : 1) * random.uniform(0.6, 1.5) * standardDeviation(temp.values)
          : 0;
        const factor = isOff ? random.shuffle([0.15, 0.3, 2.5])[0]! : 1;
        return [
          { device: name, property: "air_temperature", ...temp, isOff, change: (value: number) => value + shift },
          { device: name, property: "illuminance", ...light, isOff, change: (value: number) => value * factor },
        ];
      });
      const cut = (from: number, to: number) => ({
        timestamps: timestamps.slice(from, to),
        channels: channels.map(({ device, property, values, change }): DetectorChannel => {
          const part = values.slice(from, to);
          return { id: device, deviceId: device, property, values: from === 0 ? part : part.map(change) };
        }),
      });
      const learned = detectFaults(cut(0, LEARNED_ROWS));
      const plain = cut(LEARNED_ROWS, timestamps.length);
      const known = {
        ...plain,
        channels: plain.channels.map((channel, i) => ({ ...channel, habits: learned[i]!.habits ?? undefined })),
      };
      for (const [name, input] of [
        ["without", plain],
        ["with", known],
      ] as const) {
        detectFaults(input).forEach(({ score }, i) => {
          const { property, labels, isOff } = channels[i]!;
          const tally = tallies[property === "illuminance" ? "light" : "temperature"][name];
          for (let row = 0; row < score.length; row++) {
            const part = isOff ? tally.long : labels[LEARNED_ROWS + row] ? tally.short : tally.healthy;
            part.rows++;
            if (score[row]! > FLAG_SCORE) part.flagged++;
          }
        });
      }
    }
  }
  const share = ({ flagged, rows }: { flagged: number; rows: number }) => flagged / Math.max(1, rows);
  const figures = (tally: Tally) => ({
    shareOfLongFaultsFlagged: share(tally.long),
    shareOfShortFaultsFlagged: share(tally.short),
    shareOfHealthyFlagged: share(tally.healthy),
  });
  return Promise.resolve(
    Object.fromEntries(
      Object.entries(tallies).map(([name, { without, with: withHabits }]) => [
        name,
        { without: figures(without), with: figures(withHabits) },
      ]),
    ),
  );
}
