import { SINGLE_PUT_BYTES } from "./schema.ts";

const MIB = 1024 * 1024;
/** Well below storage's limit of 10,000. */
const PARTS_WANTED_MAX = 2000;

export interface PartPlan {
  method: "put" | "multipart";
  partSizeBytes: number;
  partCount: number;
}

/**
 * How a file of this size is sent: one PUT when small, else parts of 5 MiB (storage's smallest), grown so that a
 * file has at most about 2,000 of them. A cut connection loses the parts in flight, so small parts lose little.
 */
export function planParts(sizeBytes: number): PartPlan {
  if (sizeBytes <= SINGLE_PUT_BYTES) return { method: "put", partSizeBytes: Math.max(sizeBytes, 1), partCount: 1 };
  const grown = Math.ceil(sizeBytes / PARTS_WANTED_MAX / MIB) * MIB;
  const partSizeBytes = Math.max(5 * MIB, grown);
  return { method: "multipart", partSizeBytes, partCount: Math.ceil(sizeBytes / partSizeBytes) };
}
