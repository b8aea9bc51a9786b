import { z } from "zod";

/** Rows of one request; more belong into an upload. */
export const POSTED_ROWS_MAX = 1000;

const observationRow = z.record(z.string(), z.unknown()).meta({
  id: "PostedObservation",
  description:
    "`sensor` (the owner's sensor id), `observedProperty` (catalogue id or alias), `observedAt` (ISO 8601 with zone, " +
    "or epoch milliseconds), `value` (a number) and optionally `unit` (the quantity's usual unit when absent).",
  examples: [
    {
      sensor: "SEA-0217",
      observedProperty: "air_temperature",
      observedAt: "2026-11-27T10:15:00Z",
      value: 11.4,
      unit: "°C",
    },
  ],
});

const batch = z
  .object({ observations: z.array(observationRow).min(1).max(POSTED_ROWS_MAX) })
  .meta({ description: "A single observation may be sent as it is, without the list around it." });

/** Each row is judged by itself, so that a row at fault costs only that row. */
export const postObservationsInput = z.preprocess(
  (body) => (typeof body === "object" && body !== null && !("observations" in body) ? { observations: [body] } : body),
  batch,
);
export type PostObservationsInput = z.output<typeof postObservationsInput>;

const postedRowResult = z.object({
  /** Place in the request, from 0. */
  index: z.number().int(),
  /** `duplicate`: this sensor, quantity and instant are stored already, and stay as they are. */
  state: z.enum(["stored", "duplicate", "rejected"]),
  /** The rule that rejected the row. */
  rule: z.string().optional(),
  detail: z.string().optional(),
});
export type PostedRowResult = z.output<typeof postedRowResult>;

export const postedObservations = z.object({
  stored: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  rows: z.array(postedRowResult),
});
export type PostedObservations = z.output<typeof postedObservations>;
