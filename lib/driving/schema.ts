import { z } from "zod";
import { POSTED_RECORDS_MAX } from "./core/posted-rows.ts";

const postedRecord = z.unknown().meta({
  id: "PostedDrivingRecord",
  type: "object",
  description:
    "`driverID`, `carPlateNumber`, `Latitude`, `Longtitude` (or `Longitude`), `Speed` (km/h), `Time` (wall clock without " +
    "a zone) and optionally `Direction` (0 to below 360), `siteName`, the flags `isRapidlySpeedup`, `isRapidlySlowdown`, " +
    "`isNeutralSlide`, `isNeutralSlideFinished` with `neutralSlideTime`, `isOverspeed`, `isOverspeedFinished` with " +
    "`overspeedTime`, `isFatigueDriving`, `isHthrottleStop`, `isOilLeak`, and `sequence`, the producer's own number of " +
    "this driver's record: sent twice, it is stored once. Texts or numbers; absent and empty are the same.",
  examples: [
    {
      ...{ driverID: "likun1000003", carPlateNumber: "华AVM936", Latitude: "32.056444", Longtitude: "118.777589" },
      ...{ Speed: "72", Direction: "211", Time: "2017-01-01 08:00:05", isFatigueDriving: "1" },
    },
  ],
});

const batch = z
  .object({ records: z.array(postedRecord).min(1, "No record").max(POSTED_RECORDS_MAX) })
  .meta({ description: "A bare array, or a single record, may be sent without the object around it." });

/** Each record is judged by itself, so that one at fault costs only that one. */
export const postRecordsInput = z.preprocess((body) => {
  if (Array.isArray(body)) return { records: body };
  const isBare = typeof body === "object" && body !== null && !("records" in body);
  return isBare ? { records: Object.keys(body).length === 0 ? [] : [body] } : body;
}, batch);
export type PostRecordsInput = z.output<typeof postRecordsInput>;

const postedRow = z.object({
  /** Place in the request, from 0. */
  index: z.number().int(),
  /** `duplicate`: a record of this driver with this producer's number is stored already. */
  state: z.enum(["accepted", "duplicate", "rejected"]),
  reason: z.string().optional(),
});
export type PostedRow = z.output<typeof postedRow>;

export const postedRecords = z.object({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  rejected: z.number().int(),
  /** Of the accepted: older than their driver's newest, or far behind the fleet. They raise no live alert. */
  late: z.number().int(),
  /** True: this call was carried out before and this is its first answer. */
  repeated: z.boolean(),
  rows: z.array(postedRow),
});
export type PostedRecords = z.output<typeof postedRecords>;
