import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { chargeUncontrolled } from "#lib/charging/control/core/baselines";
import { unmetPrice } from "#lib/charging/control/core/find-optimal-load";
import { type ManagedCharging, optimiseCharging } from "#lib/charging/control/core/optimise-charging";
import { STUDY_TARIFFS, studyTariff } from "#lib/charging/control/core/study-tariffs";
import { energyOf, loadOf } from "#lib/charging/control/core/schedules";
import { deliverableOf, type Sessions } from "#lib/charging/control/core/sessions";
import {
  type DayTariff,
  type Conventions,
  costOf,
  hasCap,
  peakIn,
  toCostModel,
} from "#lib/charging/control/core/day-tariff";
import { wholeProgram } from "#lib/charging/control/core/whole-program";
import { solveLinearProgram } from "#lib/math/linear-program/solve";
import { readSessionCases } from "../charging/session-rows.ts";
import { checkControlModel } from "../charging/control-model-checks.ts";
import { checkMeasuredLoads } from "../charging/measured-load-checks.ts";
import { type Check, compareNumbers, type VerifyRequest } from "./check.ts";

const ENERGY_HOURS = "optimal_objective_energy_times_0.25h";
const DEMAND_TWICE = "optimal_objective_overall_demand_counted_twice_ec2_server_variant";
/** As published: kW of a slot count as kWh, and a day carries the whole month's demand charge. */
const PUBLISHED: Conventions = { energyHours: 1, demandShare: 1 };
const SMALL_MAX = 250;
const TOLERANCE = 1e-6;

const priced = z.object({
  optimal_objective: z.number(),
  baseline_objective: z.number(),
  peak_kw: z.number(),
  [ENERGY_HOURS]: z.number(),
  [DEMAND_TWICE]: z.number().nullable(),
});
const capped = z.object({ feasible: z.boolean(), cap_kw: z.number() });
const reference = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      baseline_kw: z.array(z.number()),
      results: z.record(z.string(), z.union([priced, capped])),
    }),
  ),
});

/** Compares loads, objectives and bounds with the reference optima, and both of our methods with each other. */
export async function* verify({ dataDir, referenceDir, say }: VerifyRequest): AsyncGenerator<Check> {
  const folder = join(referenceDir, "load_control");
  const { cases } = reference.parse(JSON.parse(readFileSync(join(folder, "loadcontrol_reference.json"), "utf8")));
  const sessionsOf = readSessionCases(join(folder, "loadcontrol_sessions.csv"));
  for (const { name, baseline_kw: baselineKw, results } of cases) {
    const sessions = sessionsOf.get(name);
    if (!sessions) throw new Error(`loadcontrol_sessions.csv has no sessions of case ${name}.`);
    const baseline = chargeUncontrolled(sessions).loadKw;
    const worst = baselineKw.reduce((max, kw, slot) => Math.max(max, Math.abs(kw - baseline[slot]!)), 0);
    yield compareNumbers(`${name}: uncontrolled load`, worst, 0, 1e-9);
    for (const [key, expected] of Object.entries(results)) {
      const known = STUDY_TARIFFS.find((tariff) => tariff === key);
      if ("cap_kw" in expected) yield* checkCap(`${name} ${key}`, sessions, expected);
      else if (known)
        yield* checkPriced({
          name,
          sessions,
          baseline,
          tariff: studyTariff(known, known === "PGEcev" ? peakIn(baseline) : Infinity),
          expected,
        });
      else yield { name: `${name} ${key}`, passed: false, detail: "there is no such tariff" };
    }
    yield* checkOtherTariffs({ name, sessions, baseline });
  }
  yield* checkControlModel(join(folder, "training_pairs.json.gz"));
  yield* checkMeasuredLoads(join(dataDir, "load_control"), join(folder, "santa_clara_check.json"));
  say(`${cases.length} session sets.`);
}

interface PricedCase {
  name: string;
  sessions: Sessions;
  baseline: Float64Array;
  tariff: DayTariff;
  expected: z.output<typeof priced>;
}

async function* checkPriced({ name, sessions, baseline, tariff, expected }: PricedCase): AsyncGenerator<Check> {
  const title = `${name} ${tariff.name}`;
  const billed = { ...PUBLISHED, energyHours: 0.25 };
  yield* checkOptimum(`${title}, as published`, {
    sessions,
    tariff,
    conventions: PUBLISHED,
    objective: expected.optimal_objective,
  });
  yield* checkOptimum(`${title}, quarter hours`, {
    sessions,
    tariff,
    conventions: billed,
    objective: expected[ENERGY_HOURS],
  });
  const baselineUsd = costOf(baseline, toCostModel(tariff, PUBLISHED)).totalUsd;
  yield compareNumbers(`${title}, uncontrolled cost`, baselineUsd, expected.baseline_objective, TOLERANCE);
  const twice = expected[DEMAND_TWICE];
  if (twice !== null) {
    const demand = tariff.demand.map((charge) =>
      charge.label === "whole day" ? { ...charge, usdPerKw: 2 * charge.usdPerKw } : charge,
    );
    const doubled = { ...tariff, demand };
    yield* checkOptimum(`${title}, whole-day charge twice`, {
      sessions,
      tariff: doubled,
      conventions: PUBLISHED,
      objective: twice,
    });
  }
}

function* checkCap(
  title: string,
  sessions: Sessions,
  { feasible, cap_kw: capKw }: z.output<typeof capped>,
): Generator<Check> {
  const result = optimiseCharging(sessions, studyTariff("cap", capKw), { conventions: PUBLISHED });
  const unmet = result.cappedKwh.reduce((sum, kwh) => sum + kwh, 0);
  yield { name: `${title}: feasible`, passed: (unmet === 0) === feasible, detail: `${unmet} kWh find no room` };
  yield compareNumbers(`${title}: load over the cap`, Math.max(0, peakIn(result.loadKw) - capKw), 0, 1e-9 * capKw);
  yield* checkSchedules(title, sessions, result);
}

interface Optimum {
  sessions: Sessions;
  tariff: DayTariff;
  conventions: Conventions;
  objective: number;
}

async function* checkOptimum(
  title: string,
  { sessions, tariff, conventions, objective }: Optimum,
): AsyncGenerator<Check> {
  const result = optimiseCharging(sessions, tariff, { conventions });
  yield compareNumbers(`${title}: objective`, result.costUsd, objective, TOLERANCE);
  yield compareNumbers(`${title}: bound`, result.boundUsd, objective, TOLERANCE);
  yield compareNumbers(`${title}: gap`, result.relativeGap, 0, TOLERANCE);
  yield* checkSchedules(title, sessions, result);
  if (sessions.energyKwh.length <= SMALL_MAX)
    yield* checkWholeProgram(title, { sessions, tariff, conventions, result });
}

/** Tariffs without a reference: both methods must agree. */
async function* checkOtherTariffs(set: {
  name: string;
  sessions: Sessions;
  baseline: Float64Array;
}): AsyncGenerator<Check> {
  const { name, sessions, baseline } = set;
  const conventions = { energyHours: 0.25, demandShare: 1 / 30 };
  const peakKw = peakIn(baseline);
  const tariffs = [
    studyTariff("PGEcev", peakKw),
    studyTariff("SDGEmedian"),
    studyTariff("PGEe19"),
    studyTariff("PGEe19", 0.3 * peakKw),
    studyTariff("cap", 0.2 * peakKw),
  ];
  for (const tariff of tariffs) {
    const result = optimiseCharging(sessions, tariff, { conventions });
    const capKw = tariff.capKw[0]!;
    const title = `${name} ${tariff.name}, bill${capKw < Infinity ? `, cap ${capKw.toFixed(1)} kW` : ""}`;
    yield* checkSchedules(title, sessions, result);
    yield* checkWholeProgram(title, { sessions, tariff, conventions, result });
  }
}

async function* checkWholeProgram(
  title: string,
  { sessions, tariff, conventions, result }: Omit<Optimum, "objective"> & { result: ManagedCharging },
): AsyncGenerator<Check> {
  const cost = toCostModel(tariff, conventions);
  const { objective } = await solveLinearProgram(wholeProgram(sessions, cost));
  const unmetKw = result.cappedKwh.reduce((sum, kwh) => sum + kwh * 4, 0);
  const own = result.costUsd + (hasCap(cost) ? unmetPrice(cost) * unmetKw : 0);
  yield compareNumbers(`${title}: HiGHS on the whole program`, own, objective, 1e-6 * Math.max(1, Math.abs(objective)));
}

function* checkSchedules(title: string, sessions: Sessions, result: ManagedCharging): Generator<Check> {
  const { schedules, loadKw, cappedKwh, shortKwh } = result;
  const delivered = energyOf(schedules);
  const { energyKwh } = deliverableOf(sessions);
  const energyOff = energyKwh.reduce((max, kwh, i) => Math.max(max, Math.abs(kwh - cappedKwh[i]! - delivered[i]!)), 0);
  yield compareNumbers(`${title}: energy of each session`, energyOff, 0, 1e-8);
  let beyond = 0;
  for (let i = 0; i < energyKwh.length; i++) {
    for (const kw of schedules.powerKw.subarray(schedules.start[i], schedules.start[i + 1]))
      beyond = Math.max(beyond, -kw, kw - sessions.powerKwMax[i]!);
  }
  yield compareNumbers(`${title}: power bounds`, beyond, 0, 1e-9);
  const total = loadOf(sessions, schedules);
  const loadOff = total.reduce((max, kw, slot) => Math.max(max, Math.abs(kw - loadKw[slot]!)), 0);
  yield compareNumbers(`${title}: schedules add up to the load`, loadOff, 0, 1e-8 * Math.max(1, peakIn(loadKw)));
  const short = shortKwh.reduce((sum, kwh) => sum + kwh, 0);
  yield compareNumbers(`${title}: energy beyond the windows`, short, 0, 0);
}
