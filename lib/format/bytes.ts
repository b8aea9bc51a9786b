import { formatNumber, MISSING } from "./numbers.ts";

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** Decimals that keep a size to about three digits: whole KB, `6.1 MB`, `1.84 GB`, `18.4 GB`. */
function decimalsOf(value: number, unit: (typeof UNITS)[number]): number {
  if (unit === "B" || unit === "KB") return 0;
  if (unit === "MB") return value < 9.95 ? 1 : 0;
  return value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
}

/** Decimal units (1 KB = 1,000 B): `512 B`, `18 KB`, `6.1 MB`, `1.84 GB`; a dash when missing. */
export function formatBytes(sizeBytes: number | bigint | null | undefined): string {
  if (sizeBytes === null || sizeBytes === undefined) return MISSING;
  let value = Number(sizeBytes);
  if (!Number.isFinite(value)) return MISSING;
  let step = 0;
  while (step < UNITS.length - 1 && Math.abs(value) >= 999.5) {
    value /= 1000;
    step += 1;
  }
  const unit = UNITS[step] ?? "B";
  return `${formatNumber(value, { decimals: decimalsOf(value, unit) })} ${unit}`;
}

/** A transfer rate: `18.4 MB/s`, `820 KB/s`. */
export function formatByteRate(bytesPerS: number | null | undefined): string {
  if (bytesPerS === null || bytesPerS === undefined || !Number.isFinite(bytesPerS)) return MISSING;
  if (bytesPerS >= 999_500 && bytesPerS < 99_950_000) {
    return `${formatNumber(bytesPerS / 1e6, { decimals: 1 })} MB/s`;
  }
  return `${formatBytes(bytesPerS)}/s`;
}
