import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";

const instant = z.coerce.date().transform((date) => date.toISOString());
const name = z.string().trim().min(1).max(120);
const tags = z.array(z.string().trim().min(1).max(40)).max(20);

/** Scenarios that are compared at once: more curves could not be told apart. */
export const COMPARED_MAX = 4;

export const newScenario = z.object({
  name,
  runId: z.uuid().meta({ description: "A run of a charging algorithm, finished or not" }),
  tags: tags.default([]),
  notes: z.string().trim().max(5_000).default(""),
});
export type NewScenario = z.output<typeof newScenario>;

export const changeScenario = z.object({
  name: name.optional(),
  tags: tags.optional(),
  notes: z.string().trim().max(5_000).optional(),
  archived: z.boolean().optional(),
});
export type ChangeScenario = z.output<typeof changeScenario>;

export const newVariant = z.object({
  name,
  changes: z.record(z.string(), z.unknown()).meta({ description: "Parameters of the run that differ" }),
});
export type NewVariant = z.output<typeof newVariant>;

export const scenario = z.object({
  id: z.uuid(),
  name: z.string(),
  tags: z.array(z.string()),
  notes: z.string(),
  runId: z.uuid(),
  algorithm: z.string(),
  runState: z.string(),
  /** Why the result is not of today, for people; null = it is. */
  stale: z.string().nullable(),
  createdByLabel: z.string(),
  createdAt: instant,
  archivedAt: instant.nullable(),
});
export type Scenario = z.output<typeof scenario>;
export type ScenarioRow = z.input<typeof scenario>;

export const scenariosQuery = pageQuery.extend({
  archived: z.stringbool().default(false).meta({ description: "true: the archived ones instead" }),
  tag: z.string().max(40).optional(),
});
export type ScenariosQuery = z.output<typeof scenariosQuery>;

export const compareQuery = z.object({
  ids: z
    .string()
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(z.uuid()).min(2).max(COMPARED_MAX))
    .meta({ description: `Two to ${COMPARED_MAX} scenario ids, separated by commas` }),
});

/** One figure of every scenario, in the order asked for; null = that one has none. */
export const comparedFigure = z.object({
  group: z.string(),
  name: z.string(),
  unit: z.string(),
  values: z.array(z.number().nullable()),
});

export const comparedSeries = z.object({
  name: z.string(),
  unit: z.string(),
  axis: z.enum(["year", "quarter-hour"]),
  /** Years, or quarter hours since midnight. */
  at: z.array(z.number().int()),
  /** One row per scenario. */
  values: z.array(z.array(z.number().nullable())),
});

export const comparison = z.object({
  scenarios: z.array(scenario),
  figures: z.array(comparedFigure),
  series: z.array(comparedSeries),
  /** Assumptions and settings that are not the same in all. */
  assumptions: z.array(z.object({ name: z.string(), unit: z.string(), values: z.array(z.string()) })),
});
export type Comparison = z.output<typeof comparison>;
export type ComparisonRow = z.input<typeof comparison>;
