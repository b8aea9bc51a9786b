import { formatCompact, formatNumber, type NumberFormat } from "#lib/format/numbers";

interface QuantityProps extends NumberFormat {
  value: number | bigint | null | undefined;
  unit?: string;
  /** 2.31 M */
  compact?: boolean;
  /** The one headline figure of a page, 26 px. */
  headline?: boolean;
}

/** A number with its unit after it, smaller and muted; a missing one is a muted dash without unit. */
export function Quantity({ value, unit, compact = false, headline = false, ...format }: QuantityProps) {
  const text = compact ? formatCompact(value) : formatNumber(value, format);
  if (text === "–") return <span className="text-muted">–</span>;
  return (
    <span className={headline ? "text-2xl font-bold tracking-[-.012em] whitespace-nowrap" : "whitespace-nowrap"}>
      {text}
      {unit ? (
        <span
          className={`ml-[.22em] font-normal tracking-normal text-muted ${headline ? "text-base" : "text-[.86em]"}`}
        >
          {unit}
        </span>
      ) : null}
    </span>
  );
}
