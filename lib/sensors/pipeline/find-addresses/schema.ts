import { z } from "zod";

const count = z.number().int().nonnegative();

export const findAddressesResult = z.object({
  askedCount: count,
  foundCount: count,
  /** Places that are left for the next run. */
  leftCount: count,
});
export type FindAddressesResult = z.output<typeof findAddressesResult>;
