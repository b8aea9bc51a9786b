import { z } from "zod";
import { AppError } from "#lib/errors";
import type { ColumnMapping } from "#lib/datasets/core/mapping";

const limit = z.number().nonnegative().nullable();
const texts = z.array(z.string());

/**
 * One setting per rule, in the order of the rules. `null` or an empty list switches a rule off. Limits are today's:
 * no car or van takes 250 kWh in one session. Where sessions come from is not presumed; a file in ChargePoint's layout
 * is proposed with the lists of CALIFORNIA.
 */
export const sessionSettings = z.strictObject({
  /** Sessions of less energy are dropped, those without energy too, kWh. */
  energyKwhMin: limit.default(0.1),
  /** Shorter sessions are dropped, s. */
  durationSMin: limit.default(120),
  connectorsDropped: texts.default([]),
  /** Session types that become a dataset of their own. */
  fleetTypes: texts.default(["FLEET"]),
  /** Session types whose energy is limited. */
  otherTypes: texts.default(["OTHER"]),
  otherEnergyKwhMax: limit.default(250),
  startNeeded: z.boolean().default(true),
  /** Of the lists that follow, a blank cell passes; an empty list lets everything pass. */
  timeZones: texts.default([]),
  driverCountries: texts.default([]),
  currencies: texts.default([]),
});
export type SessionSettings = z.output<typeof sessionSettings>;

/** Which sessions are Californian and can have happened there. */
export const CALIFORNIA = {
  connectorsDropped: ["Type 2 Cable", "Type 2 Socket"],
  timeZones: ["PDT", "PST"],
  driverCountries: ["United States"],
  currencies: ["USD"],
} satisfies Partial<SessionSettings>;

export const intervalSettings = z.strictObject({
  /** Intervals of this energy or less are dropped, kWh. */
  energyKwhAbove: z.number().nonnegative().nullable().default(0),
  /** Shorter intervals are dropped, s. */
  durationSMin: limit.default(1),
  negativesToZero: z.boolean().default(true),
  /** Power above it is cut to it, and energy to what it gives in the interval, kW. */
  powerKwMax: z.number().positive().nullable().default(400),
  /** Powers and energies are rounded, half to even. */
  decimals: z.number().int().min(0).max(9).nullable().default(4),
});
export type IntervalSettings = z.output<typeof intervalSettings>;

/** @throws AppError `invalid_input` with one pointer per setting that cannot be. */
export function readSettings<S extends z.ZodType>(schema: S, mapping: ColumnMapping): z.output<S> {
  const parsed = schema.safeParse(mapping.settings ?? {});
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/settings/${path.join("/")}`,
    detail: message,
  }));
  throw new AppError("invalid_input", fields[0]?.detail ?? "The settings cannot be read.", { fields });
}
