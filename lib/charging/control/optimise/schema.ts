import { z } from "zod";
import type { LinearProgram, LinearProgramSolution } from "#lib/math/linear-program/program";
import type { Tariff } from "../../tariffs/schema.ts";
import { BASELINE_RULES } from "../core/baselines.ts";
import { sessionInputs } from "../session-inputs.ts";
import { SESSION_CHOICES, type SessionTable } from "../session-table.ts";
import { tariffParams } from "../tariff-params.ts";

export const optimiseChargingParams = tariffParams.extend({
  choice: z.enum(SESSION_CHOICES).default("busiest-day").meta({
    label: "Sessions",
    hint: "busiest day: those of the day with the most energy. all: every row, as if of one day. draw: a number drawn with repeats.",
  }),
  drawCount: z.number().int().min(1).max(200_000).default(200).meta({ label: "Sessions drawn" }),
  compareWithSolver: z.boolean().default(true).meta({
    label: "Check with HiGHS",
    hint: "Up to 1,000 sessions: the whole linear program, solved by another method, must cost the same.",
  }),
});
export type OptimiseChargingParams = z.output<typeof optimiseChargingParams>;

export const optimiseChargingInputs = sessionInputs;

export interface OptimiseChargingData {
  table: SessionTable;
  /** Of the workspace; null: as the parameters say. */
  tariff: Tariff | null;
  solve: (program: LinearProgram) => Promise<LinearProgramSolution>;
  /** Lines of the file of schedules. */
  writeText: (text: string) => Promise<void>;
}

const count = z.number().int().nonnegative();
const load = z.array(z.number()).length(96);

const figures = {
  /** Energy and demand charges of the day; without fixed fees. */
  costUsd: z.number(),
  energyUsd: z.number(),
  demandUsd: z.array(z.number()),
  peakKw: z.number(),
  deliveredKwh: z.number(),
  unmetSessions: count,
  unmetKwh: z.number(),
};

export const optimiseChargingResult = z.object({
  sessionCount: count,
  requestedKwh: z.number(),
  tariffName: z.string(),
  capKw: z.number().nullable(),
  demandLabels: z.array(z.string()),
  fixedUsdPerMonth: z.number(),
  priceUsdPerKwh: load,
  managed: z.object({ ...figures, loadKw: load }),
  /** The rules of thumb, under the site's limit or, without one, under the managed peak. */
  baselines: z.array(
    z.object({ ...figures, rule: z.enum(BASELINE_RULES), limitKw: z.number().nullable(), loadKw: load }),
  ),
  certificate: z.object({
    /** No schedule that delivers as much costs less. */
    boundUsd: z.number(),
    relativeGap: z.number(),
    /** How far the sum of squares can be above the least among cheapest loads. */
    evennessGap: z.number(),
    rounds: count,
    /** What HiGHS found for the whole program; null when it was not asked. */
    solverUsd: z.number().nullable(),
  }),
  /** Sessions that do not get all their energy, the largest first; the file of schedules has them all. */
  unmet: z.array(
    z.object({
      session: count,
      arrival: z.string(),
      departure: z.string(),
      requestedKwh: z.number(),
      unmetKwh: z.number(),
      reason: z.enum(["window", "limit", "both"]),
    }),
  ),
  notes: z.array(z.string()),
  artifactId: z.uuid().nullable().default(null),
});
export type OptimiseChargingResult = z.output<typeof optimiseChargingResult>;
