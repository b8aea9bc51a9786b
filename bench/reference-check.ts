import { resolve } from "node:path";
import { createRandom } from "#lib/math/random";
import { judgeAgainstReference } from "#lib/sensors/checks/network/judge-against-reference";
import { hourlyMedians, layHours } from "#lib/sensors/detector/network/hour-grid";
import { repositoryRoot } from "#lib/stack/repository-root";
import { readLabelledSeries } from "./sensors/labelled-series.ts";

const DAYS = 30;
const HOUR_MS = 3_600_000;
const FAULTS = [
  { name: "bias of 3 °C, 10 days", days: 10, lasts: false, change: (value: number) => value + 3 },
  { name: "bias of 2 °C, 10 days", days: 10, lasts: false, change: (value: number) => value + 2 },
  {
    name: "drift to 6 °C in 9 days",
    days: 9,
    lasts: true,
    change: (value: number, share: number) => value + 6 * share,
  },
  {
    name: "drift to 3 °C in 9 days",
    days: 9,
    lasts: true,
    change: (value: number, share: number) => value + 3 * share,
  },
];

/** Loggers of one town against one of them as their reference: what is flagged without a fault, and of injected ones. */
export function run({ dataDir }: { dataDir?: string }) {
  const folder = dataDir ?? resolve(repositoryRoot, "../shared/data/sensors");
  const all = [...readLabelledSeries(folder, ["fault_temp"])].filter(
    ({ device, clean }) => device.startsWith("hobo_a_") && clean !== undefined,
  );
  const grid = layHours(all[0]!.times);
  const from = grid.hourCount - DAYS * 24;
  const hourly = all.map(({ clean }) => hourlyMedians(clean!, grid).slice(from));
  const hourOfDay = grid.hourOfDay.slice(from);
  const count = hourOfDay.length;
  const judge = (own: Float64Array, reference: Float64Array) =>
    judgeAgainstReference({
      ...{ own, reference, referenceCode: "reference", frame: { startMs: 0, count, hourOfDay } },
      ...{ accuracy: 0.5, unit: "Cel", hoursMin: 6, seeksLong: true, lux: null },
    }) ?? [];
  const pairsOf = (references: readonly number[], every: number) =>
    references.flatMap((reference) =>
      hourly.flatMap((own, i) => (i === reference || i % every ? [] : [{ own, reference: hourly[reference]! }])),
    );
  const healthy = pairsOf([0, 5, 10, 15, 20, 25], 1);
  const spans = healthy.reduce((sum, { own, reference }) => sum + judge(own, reference).length, 0);
  const random = createRandom("faults");
  const faults = FAULTS.map(({ name, days, lasts, change }) => {
    const length = days * 24;
    const coverage = pairsOf([0, 10, 20], 3).map(({ own, reference }) => {
      const end = lasts ? count : length + random.integer(96, count - length);
      const start = end - length;
      const wrong = own.map((value, t) => (t >= start && t < end ? change(value, (t - start) / length) : value));
      const found = judge(wrong, reference);
      const isFound = (t: number) => found.some((span) => t * HOUR_MS >= span.startAtMs && t * HOUR_MS <= span.endAtMs);
      return Array.from({ length }, (_, i) => isFound(start + i)).filter(Boolean).length / length;
    });
    const seen = coverage.filter((share) => share > 0).length;
    return { name, found: seen / coverage.length, ofTheTime: coverage.reduce((a, b) => a + b, 0) / coverage.length };
  });
  return Promise.resolve({ pairs: healthy.length, falseSpansPerSensorMonth: spans / healthy.length, faults });
}
