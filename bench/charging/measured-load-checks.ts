import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { studyTariff } from "#lib/charging/control/core/study-tariffs";
import { costOf, peakIn, toCostModel } from "#lib/charging/control/core/day-tariff";
import { columnIndex, numbersOf, readCsv } from "../sensors/csv-table.ts";
import { type Check, compareNumbers } from "../verify/check.ts";

const figures = z.object({
  energy_kwh: z.number(),
  objective_original_units: z.number(),
  energy_cost_usd_per_day: z.number(),
  peak_kw: z.number(),
  peak_window_kw: z.number(),
  partpeak_window_kw: z.number(),
});
const runs = z.array(z.object({ run: z.number(), baseline: figures, controlled: figures }));

/** E-19 cost, energy and peaks of measured loads (columns `baseline_runN_kw` and `controlled_runN_kw`). */
export function* checkMeasuredLoads(dataFolder: string, path: string): Generator<Check> {
  const file = existsSync(dataFolder) ? readdirSync(dataFolder).find((name) => name.endsWith("_runs.csv")) : undefined;
  if (file === undefined || !existsSync(path)) return;
  const table = readCsv(join(dataFolder, file));
  const tariff = studyTariff("PGEe19");
  const published = toCostModel(tariff, { energyHours: 1, demandShare: 1 });
  const daily = toCostModel(tariff, { energyHours: 0.25, demandShare: 1 });
  for (const { run, ...expected } of runs.parse(JSON.parse(readFileSync(path, "utf8")))) {
    for (const kind of ["baseline", "controlled"] as const) {
      const column = `${kind}_run${run}_kw`;
      if (columnIndex(table, column) < 0) continue;
      const loadKw = numbersOf(table, column);
      const [peak, part] = tariff.demand.map(({ slots }) => peakIn(loadKw, slots));
      const own: Record<keyof z.output<typeof figures>, number> = {
        energy_kwh: loadKw.reduce((sum, kw) => sum + 0.25 * kw, 0),
        objective_original_units: costOf(loadKw, published).totalUsd,
        energy_cost_usd_per_day: costOf(loadKw, daily).energyUsd,
        peak_kw: peakIn(loadKw),
        peak_window_kw: peak!,
        partpeak_window_kw: part!,
      };
      for (const [name, value] of Object.entries(own)) {
        const wanted = expected[kind][name as keyof typeof own];
        yield compareNumbers(`measured ${column}: ${name}`, value, wanted, 1e-6);
      }
    }
  }
}
