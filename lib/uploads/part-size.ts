import { MAX_PARTS, SINGLE_PUT_BYTES } from "./schema.ts";

const MIB = 1024 * 1024;

export interface PartPlan {
  method: "put" | "multipart";
  partSizeBytes: number;
  partCount: number;
}

/**
 * How a file of this size is sent: one PUT when small, else parts of at least 8 MiB, grown so that the largest
 * file stays within storage's 10,000 parts. Small parts lose little when the network drops.
 */
export function planParts(sizeBytes: number): PartPlan {
  if (sizeBytes <= SINGLE_PUT_BYTES) return { method: "put", partSizeBytes: Math.max(sizeBytes, 1), partCount: 1 };
  const smallest = Math.ceil(sizeBytes / MAX_PARTS);
  const partSizeBytes = Math.max(8 * MIB, Math.ceil(smallest / MIB) * MIB);
  return { method: "multipart", partSizeBytes, partCount: Math.ceil(sizeBytes / partSizeBytes) };
}
