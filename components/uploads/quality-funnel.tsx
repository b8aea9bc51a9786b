import type { QualityReport } from "#lib/datasets/core/quality-report";
import { formatNumber } from "#lib/format/numbers";

/** A bar that would be thinner than this could not be seen. */
const SHARE_MIN = 0.008;

/** Rows in, repaired, dropped and kept, on one scale. */
export function QualityFunnel({ report }: { report: QualityReport }) {
  const lines = [
    { label: "Rows in", count: report.rowsIn, fill: "bg-line-strong" },
    { label: "Repaired", count: report.rowsRepaired, fill: "bg-info-mark" },
    { label: "Dropped", count: report.rowsDropped, fill: "bg-suspect-mark" },
    { label: "Empty", count: report.rowsEmpty, fill: "bg-silent-mark" },
    { label: "Kept", count: report.rowsKept, fill: "bg-data-1" },
  ].filter(({ label, count }) => count > 0 || label !== "Empty");
  return (
    <dl className="mt-0.5 mb-2.5 grid gap-[3px] text-sm">
      {lines.map(({ label, count, fill }) => (
        <div key={label} className="grid grid-cols-[70px_minmax(0,1fr)_74px] items-center gap-2.5">
          <dt className="text-muted">{label}</dt>
          <dd className="order-last text-right font-medium">{formatNumber(count)}</dd>
          <span aria-hidden className="block">
            {count > 0 ? (
              <span
                className={`block h-3.5 rounded-[2px] ${fill}`}
                style={{ width: `${Math.max(count / report.rowsIn, SHARE_MIN) * 100}%` }}
              />
            ) : null}
          </span>
        </div>
      ))}
    </dl>
  );
}
