import { evenLoad } from "./even-load.ts";
import { findOptimalLoad, unmetPrice } from "./find-optimal-load.ts";
import { UNMET } from "./greedy-load.ts";
import { energyOf, type Schedules, scheduleSessions } from "./schedules.ts";
import { checkSessions, deliverableOf, type Sessions } from "./sessions.ts";
import { type DayTariff, type Conventions, costOf, toCostModel } from "./day-tariff.ts";
import { classifyWindows } from "./window-classes.ts";

export interface ManagedCharging {
  /** kW per slot. */
  loadKw: Float64Array;
  schedules: Schedules;
  energyUsd: number;
  /** One per demand charge of the tariff. */
  demandUsd: number[];
  /** Energy and demand charges; fixed fees are not in it. */
  costUsd: number;
  /** No schedule that delivers as much can cost less than this, US$. */
  boundUsd: number;
  /** (cost - bound) / cost: 0 but for rounding. */
  relativeGap: number;
  /** How far the sum of squares can be above the least among all cheapest loads, as a share. */
  evennessGap: number;
  /** Per session: energy beyond what the window takes at full power, and energy that the cap leaves no room for. */
  shortKwh: Float64Array;
  cappedKwh: Float64Array;
  rounds: number;
}

interface Options {
  conventions: Conventions;
  /** false: any cheapest schedule, without the second stage. */
  isEven?: boolean;
  signal?: AbortSignal;
}

/**
 * Cheapest schedule of a day's sessions under a tariff, and of those the most even one. First the undelivered energy
 * is made least, then the cost, then the sum of squares of the load. Exact: `boundUsd` certifies the cost.
 * The order of the sessions changes nothing.
 */
export function optimiseCharging(sessions: Sessions, tariff: DayTariff, options: Options): ManagedCharging {
  checkSessions(sessions);
  const cost = toCostModel(tariff, options.conventions);
  const classes = classifyWindows(sessions);
  const optimal = findOptimalLoad(classes, cost, options.signal);
  const { mixture, relativeGap: evennessGap } =
    options.isEven === false ? { mixture: optimal.mixture, relativeGap: 1 } : evenLoad({ classes, optimal, cost });
  const schedules = scheduleSessions(sessions, classes, mixture);
  const loadKw = mixture.loadKw.slice(0, UNMET);
  const { energyUsd, demandUsd, totalUsd } = costOf(loadKw, cost);
  const unmetUsd = unmetPrice(cost) * mixture.loadKw[UNMET]!;
  const openUsd = totalUsd + unmetUsd - optimal.boundUsd;
  return {
    loadKw,
    schedules,
    energyUsd,
    demandUsd,
    costUsd: totalUsd,
    boundUsd: optimal.boundUsd - unmetUsd,
    relativeGap: Math.max(0, openUsd) / Math.max(1e-9, Math.abs(totalUsd)),
    evennessGap,
    ...shortfall(sessions, schedules),
    rounds: optimal.rounds,
  };
}

function shortfall(sessions: Sessions, schedules: Schedules) {
  const { energyKwh, shortKwh } = deliverableOf(sessions);
  const delivered = energyOf(schedules);
  // Rounding leaves parts in 1e12.
  const cappedKwh = energyKwh.map((kwh, i) => (kwh - delivered[i]! > 1e-9 * kwh ? kwh - delivered[i]! : 0));
  return { shortKwh, cappedKwh };
}
