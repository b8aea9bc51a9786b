import { z } from "zod";
import type { CountyIndex } from "#lib/geo/county-index";
import { SEGMENTS } from "../core/segments.ts";
import { DAY_TYPES, type SessionModel } from "../models/schema.ts";

const share = (label: string, start: number, hint?: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .default(start)
    .meta({ label, unit: "fraction", ...(hint && { hint }) });
const dailyUse = (label: string, start: number) =>
  z.number().min(0).max(10).default(start).meta({ label, unit: "sessions per vehicle and day" });

/** "23:00 0.4": from this time on, this share of the sessions. */
export const TIMER = /^([01]?\d|2[0-3]):([0-5]\d) (0?\.\d+|0|1(?:\.0+)?)$/;
/** "Santa Clara 0.07": so much of the vehicles are there. */
export const AREA = /^(\S.*?) (0?\.\d+|0|1(?:\.0+)?)$/;
const WHOLE_TOLERANCE = 1e-6;

export const forecastLoadParams = z
  .object({
    evCount: z.number().int().min(1).max(50_000_000).default(100_000).meta({ label: "Electric vehicles" }),
    areas: z
      .array(z.string().max(120).regex(AREA, "Write the name and the share: Santa Clara 0.07"))
      .max(200)
      .default([])
      .meta({
        label: "Areas",
        hint: "With their share of the vehicles: “Santa Clara 0.07”. Counties are drawn as a map. Empty: all in one area.",
      }),
    dayType: z
      .enum([...DAY_TYPES, "year"])
      .default("weekday")
      .meta({ label: "Kind of day", hint: "A year is both kinds, as often as they come." }),
    stepMin: z
      .union([z.literal(1), z.literal(15)])
      .default(15)
      .meta({ label: "Step", unit: "min" }),
    fastShare: share("Charge fast", 0.1, "Of all vehicles. What is left of these three charges at home."),
    workShare: share("Charge at work", 0.2),
    publicL2Share: share("Charge in public, L2", 0),
    l1Share: share("Home: Level 1", 0.5, "Of those who charge at home. The three for the home must add up to 1."),
    l2Share: share("Home: Level 2", 0.2),
    mudShare: share("Home: multi-unit dwelling", 0.3),
    homeDailyUse: dailyUse("Use at home", 1),
    workDailyUse: dailyUse("Use at work", 1),
    fastDailyUse: dailyUse("Use of fast chargers", 0.5),
    publicL2DailyUse: dailyUse("Use in public", 0.33),
    smallBatteryShare: share("Small batteries", 0, "For models by battery; the rest is not told apart."),
    bigBatteryShare: share("Big batteries", 0.7),
    withoutTimers: z.boolean().default(true).meta({
      label: "Take the model’s timers out",
      hint: "Sessions that clocks started in the data start as the others do.",
    }),
    timers: z
      .array(z.string().regex(TIMER, "Write the time and the share: 23:00 0.4"))
      .max(10)
      .default([])
      .meta({ label: "Timers", hint: "Level 2 at home: “23:00 0.4” lets 40 % of the sessions start at 23:00." }),
    useGroups: z.boolean().default(false).meta({
      label: "By driver groups",
      hint: "Takes sessions from the model’s groups of drivers instead of the shares above.",
    }),
    groupWeights: z.array(z.number().min(0)).max(100).default([]).meta({
      label: "Weights of the groups",
      hint: "In the order of the model; empty: as in the data.",
    }),
    draws: z.number().int().min(0).max(200).default(20).meta({
      label: "Repeated draws",
      hint: "Behind the band of uncertainty; 0 for no band.",
    }),
  })
  .superRefine((params, ctx) => {
    const refuse = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const home = params.l1Share + params.l2Share + params.mudShare;
    if (Math.abs(home - 1) > WHOLE_TOLERANCE) refuse("l1Share", `The three shares at home add up to ${home}, not 1.`);
    const away = params.fastShare + params.workShare + params.publicL2Share;
    if (away > 1 + WHOLE_TOLERANCE) refuse("fastShare", `Fast, work and public add up to ${away}, more than 1.`);
    const batteries = params.smallBatteryShare + params.bigBatteryShare;
    if (batteries > 1 + WHOLE_TOLERANCE) refuse("smallBatteryShare", `The battery shares add up to ${batteries}.`);
    const areas = params.areas.reduce((sum, area) => sum + Number(AREA.exec(area)?.[2] ?? 0), 0);
    if (areas > 1 + WHOLE_TOLERANCE) refuse("areas", `The shares of the areas add up to ${areas}, more than 1.`);
    const timed = params.timers.reduce((sum, timer) => sum + Number(TIMER.exec(timer)?.[3] ?? 0), 0);
    if (timed > 1 + WHOLE_TOLERANCE) refuse("timers", `The shares of the timers add up to ${timed}, more than 1.`);
  });
export type ForecastLoadParams = z.output<typeof forecastLoadParams>;

export const forecastLoadInputs = z.object({
  modelRunId: z
    .uuid()
    .nullable()
    .default(null)
    .meta({
      label: "Model",
      hint: "Empty: the model that comes with the portal.",
      refersTo: { to: "run", kinds: ["train-session-model"] },
    }),
});
export type ForecastLoadInputs = z.output<typeof forecastLoadInputs>;

export interface ForecastLoadData {
  model: SessionModel;
  /** Without it, areas are names only. */
  counties?: CountyIndex;
}

const count = z.number().int().nonnegative();
const load = z.array(z.number());

export const forecastLoadResult = z.object({
  modelName: z.string(),
  evCount: count,
  stepMin: z.number(),
  days: z.array(
    z.object({
      dayType: z.enum(DAY_TYPES),
      daysPerYear: z.number(),
      segments: z.array(
        z.object({
          segment: z.enum(SEGMENTS),
          label: z.string(),
          sessions: count,
          energyKwh: z.number(),
          loadKw: load,
        }),
      ),
      totalKw: load,
      /** Ninety per cent of repeated draws lie between these; empty without draws. */
      lowKw: load,
      highKw: load,
      peakKw: z.number(),
      peakAtMin: z.number(),
      energyKwh: z.number(),
    }),
  ),
  areas: z.array(
    z.object({
      name: z.string(),
      /** Code of the county and its state, where the name is that of one. */
      fips: z.string().nullable().default(null),
      state: z.string().default(""),
      evCount: count,
      dayType: z.enum(DAY_TYPES),
      sessions: count,
      energyKwh: z.number(),
      peakKw: z.number(),
      peakAtMin: z.number(),
    }),
  ),
  /** Over the kinds of day that were asked for. */
  annualEnergyKwh: z.number().nullable(),
  notes: z.array(z.string()),
});
export type ForecastLoadResult = z.output<typeof forecastLoadResult>;
