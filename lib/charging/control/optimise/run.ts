import type { RunTools } from "#lib/algorithms/define";
import { BASELINE_RULES, type Baseline, type BaselineRule, chargeUncontrolled, simulate } from "../core/baselines.ts";
import { unmetPrice } from "../core/find-optimal-load.ts";
import { type ManagedCharging, optimiseCharging } from "../core/optimise-charging.ts";
import { energyOf } from "../core/schedules.ts";
import type { Sessions } from "../core/sessions.ts";
import {
  type DayTariff,
  type CostModel,
  costOf,
  peakIn,
  SLOT_HOURS,
  SLOTS_PER_DAY,
  toCostModel,
} from "../core/day-tariff.ts";
import { wholeProgram } from "../core/whole-program.ts";
import { chooseSessions } from "../session-table.ts";
import { conventionsOf, tariffOf } from "../tariff-params.ts";
import { clockOf } from "./clock.ts";
import { writeSchedules } from "./schedule-file.ts";
import type { OptimiseChargingData, OptimiseChargingParams, OptimiseChargingResult } from "./schema.ts";

const SOLVER_SESSIONS_MAX = 1_000;
/** Rules that rank the waiting sessions sort them in every slot: beyond this they would take longer than the optimum. */
const RANKED_SESSIONS_MAX = 20_000;
const UNMET_SHOWN = 200;

type Tools = Pick<RunTools, "signal" | "rng" | "onProgress">;

export async function runOptimiseCharging(
  params: OptimiseChargingParams,
  data: OptimiseChargingData,
  { signal, rng, onProgress }: Tools,
): Promise<OptimiseChargingResult> {
  onProgress(0, "Choosing sessions");
  const { sessions, rows, notes } = chooseSessions(data.table, { ...params, rng });
  const uncontrolled = chargeUncontrolled(sessions);
  const tariff = tariffOf(params, data.tariff, peakIn(uncontrolled.loadKw));
  const conventions = conventionsOf(params);
  const cost = toCostModel(tariff, conventions);
  onProgress(0.05, "Optimising");
  const managed = optimiseCharging(sessions, tariff, { conventions, signal });
  onProgress(0.6, "Comparing with rules of thumb");
  const limitKw = tariff.capKw.map((kw) => (kw < Infinity ? kw : peakIn(managed.loadKw)));
  const rules = BASELINE_RULES.filter((rule) => rows.length <= RANKED_SESSIONS_MAX || !RANKED.has(rule));
  const baselines = rules.map((rule) => {
    signal.throwIfAborted();
    return rule === "uncontrolled" ? uncontrolled : simulate(sessions, rule, limitKw);
  });
  const isAsked = params.compareWithSolver && rows.length <= SOLVER_SESSIONS_MAX;
  if (isAsked) onProgress(0.8, "Checking with HiGHS");
  const solverUsd = isAsked ? await askSolver({ sessions, cost, managed, solve: data.solve }) : null;
  onProgress(0.9, "Writing schedules");
  await writeSchedules(data.writeText, { sessions, rows, result: managed });
  const figures = figuresFor(sessions, cost);
  return {
    sessionCount: rows.length,
    requestedKwh: sumOf(sessions.energyKwh),
    ...describeTariff(tariff),
    managed: { ...figures(managed.loadKw, energyOf(managed.schedules)), loadKw: [...managed.loadKw] },
    baselines: baselines.map((baseline) => ({
      ...figures(baseline.loadKw, baseline.deliveredKwh),
      rule: baseline.rule,
      limitKw: limitOf(baseline, limitKw),
      loadKw: [...baseline.loadKw],
    })),
    certificate: {
      boundUsd: managed.boundUsd,
      relativeGap: managed.relativeGap,
      evennessGap: managed.evennessGap,
      rounds: managed.rounds,
      solverUsd,
    },
    unmet: listUnmet(sessions, managed),
    notes,
    artifactId: null,
  };
}

const RANKED = new Set<BaselineRule>(["earliest-deadline", "least-laxity", "equal-share"]);

const limitOf = ({ rule }: Baseline, limitKw: Float64Array) => (rule === "uncontrolled" ? null : peakIn(limitKw));

function describeTariff(tariff: DayTariff) {
  const capKw = Math.min(...tariff.capKw);
  return {
    tariffName: tariff.name,
    capKw: capKw < Infinity ? capKw : null,
    demandLabels: tariff.demand.map(({ label }) => label),
    fixedUsdPerMonth: tariff.fixedUsdPerMonth,
    priceUsdPerKwh: [...tariff.priceUsdPerKwh],
  };
}

interface SolverQuestion {
  sessions: Sessions;
  cost: CostModel;
  managed: ManagedCharging;
  solve: OptimiseChargingData["solve"];
}

/** Cost by HiGHS without the price of what is not met, so that it compares with ours. */
async function askSolver({ sessions, cost, managed, solve }: SolverQuestion): Promise<number | null> {
  const { status, objective } = await solve(wholeProgram(sessions, cost));
  if (status !== "optimal") return null;
  return objective - (unmetPrice(cost) * sumOf(managed.cappedKwh)) / SLOT_HOURS;
}

function figuresFor(sessions: Sessions, cost: CostModel) {
  return (loadKw: Float64Array, deliveredKwh: Float64Array) => {
    const { energyUsd, demandUsd, totalUsd } = costOf(loadKw, cost);
    // A millionth of a session's energy is rounding.
    const unmet = sessions.energyKwh.map((kwh, i) =>
      kwh - deliveredKwh[i]! > 1e-6 * kwh ? kwh - deliveredKwh[i]! : 0,
    );
    return {
      costUsd: totalUsd,
      energyUsd,
      demandUsd,
      peakKw: peakIn(loadKw),
      deliveredKwh: sumOf(deliveredKwh),
      unmetSessions: unmet.filter((kwh) => kwh > 0).length,
      unmetKwh: sumOf(unmet),
    };
  };
}

function listUnmet(sessions: Sessions, { shortKwh, cappedKwh }: ManagedCharging): OptimiseChargingResult["unmet"] {
  const total = shortKwh.map((kwh, i) => kwh + cappedKwh[i]!);
  const order = [...total.keys()].filter((i) => total[i]! > 0).sort((a, b) => total[b]! - total[a]! || a - b);
  return order.slice(0, UNMET_SHOWN).map((i) => ({
    session: i + 1,
    arrival: clockOf(sessions.arrivalSlot[i]!),
    departure: clockOf(sessions.departureSlot[i]! % SLOTS_PER_DAY),
    requestedKwh: sessions.energyKwh[i]!,
    unmetKwh: total[i]!,
    reason: shortKwh[i]! === 0 ? "limit" : cappedKwh[i]! === 0 ? "window" : "both",
  }));
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
