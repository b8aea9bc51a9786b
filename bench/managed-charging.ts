import { BILL_CONVENTIONS, type Conventions, toCostModel } from "#lib/charging/control/core/day-tariff";
import { optimiseCharging } from "#lib/charging/control/core/optimise-charging";
import { type StudyTariff, studyTariff } from "#lib/charging/control/core/study-tariffs";
import { wholeProgram } from "#lib/charging/control/core/whole-program";
import { solveLinearProgram } from "#lib/math/linear-program/solve";
import { makeSessions } from "./charging/make-sessions.ts";

const COUNTS = [200, 1_000, 10_000, 100_000];
const WHOLE_MAX = 1_000;
const REPEATS = 5;
const PUBLISHED: Conventions = { energyHours: 1, demandShare: 1 };

/** Seconds of managed charging on E-19 (median of five): cheapest load, certified, even, with all schedules. */
export async function run() {
  await solveLinearProgram(wholeProgram(makeSessions(3), toCostModel(studyTariff("minpeak"), PUBLISHED)));
  const figures: Record<string, unknown> = {};
  for (const count of COUNTS) {
    const sessions = makeSessions(count);
    const measure = (name: StudyTariff, conventions: Conventions) => {
      const seconds: number[] = [];
      let result = optimiseCharging(sessions, studyTariff(name), { conventions });
      for (let k = 0; k < REPEATS; k++) {
        const startedMs = performance.now();
        result = optimiseCharging(sessions, studyTariff(name), { conventions });
        seconds.push((performance.now() - startedMs) / 1000);
      }
      const plainStartedMs = performance.now();
      optimiseCharging(sessions, studyTariff(name), { conventions, isEven: false });
      return {
        seconds: round(seconds.sort((a, b) => a - b)[Math.floor(REPEATS / 2)]!),
        secondsFirstStageOnly: round((performance.now() - plainStartedMs) / 1000),
        relativeGap: result.relativeGap,
        evennessGap: result.evennessGap,
        rounds: result.rounds,
        costUsd: result.costUsd,
      };
    };
    const published = measure("PGEe19", PUBLISHED);
    figures[`sessions${count}`] = {
      e19AsPublished: published,
      e19Bill: measure("PGEe19", BILL_CONVENTIONS),
      cevDemand: measure("PGEcev_demand", PUBLISHED),
      ...(count <= WHOLE_MAX ? { highsWholeProgram: await measureWhole(count, published.costUsd) } : {}),
    };
  }
  return figures;
}

async function measureWhole(count: number, costUsd: number) {
  const startedMs = performance.now();
  const program = wholeProgram(makeSessions(count), toCostModel(studyTariff("PGEe19"), PUBLISHED));
  const { objective } = await solveLinearProgram(program);
  return { seconds: round((performance.now() - startedMs) / 1000), differenceUsd: objective - costUsd };
}

function round(seconds: number): number {
  return Math.round(seconds * 1e4) / 1e4;
}
