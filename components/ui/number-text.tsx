import { classNames } from "#lib/format/class-names";
import { formatCompact, formatNumber, type NumberFormat } from "#lib/format/numbers";

interface NumberTextProps extends NumberFormat {
  value: number | bigint | null | undefined;
  /** Smaller and muted after the number; leave it out where the column head names it. */
  unit?: string;
  /** `2.31 M` from a million on. */
  compact?: boolean;
  className?: string;
}

/** A number with its unit; a dash where it is missing. */
export function NumberText({ value, unit, compact = false, className, ...format }: NumberTextProps) {
  const isMissing = value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
  if (isMissing) return <span className={classNames("text-muted", className)}>{formatNumber(null)}</span>;
  return (
    <span className={classNames("whitespace-nowrap", className)}>
      {compact ? formatCompact(value) : formatNumber(value, format)}
      {unit ? <span className="ml-[.22em] text-[.86em] font-normal text-muted">{unit}</span> : null}
    </span>
  );
}
