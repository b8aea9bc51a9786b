import { z } from "zod";

const wallClock = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/, "A wall clock such as 2017-01-01 08:00:05")
  .transform((text) => Date.parse(`${text.replace(" ", "T")}Z`))
  .refine(Number.isFinite, "No such time");

export const replayQuery = z
  .object({
    from: wallClock.meta({ description: "Where to begin: seeking is a new request" }),
    to: wallClock,
    speed: z.coerce.number().min(1).max(600).default(60).meta({ description: "Recorded seconds in a second" }),
    loop: z.stringbool().default(false),
  })
  .refine(({ from, to }) => to > from, { path: ["to"], message: "to must be after from" });
export type ReplayQuery = z.output<typeof replayQuery>;
