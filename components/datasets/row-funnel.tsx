import { formatNumber } from "#lib/format/numbers";
import type { QualityReport } from "#lib/datasets/core/quality-report";

interface FunnelLine {
  label: string;
  count: number;
  colour: string;
  note?: string;
}

function linesOf(report: QualityReport): FunnelLine[] {
  const lines: FunnelLine[] = [
    { label: "Rows in", count: report.rowsIn, colour: "var(--color-line-strong)" },
    { label: "Repaired", count: report.rowsRepaired, colour: "var(--color-info-mark)", note: "part of the kept" },
    { label: "Dropped", count: report.rowsDropped, colour: "var(--color-suspect-mark)" },
    { label: "Without a value", count: report.rowsEmpty, colour: "var(--color-silent-mark)" },
    { label: "Kept", count: report.rowsKept, colour: "var(--data-1)" },
  ];
  return lines.filter((line) => line.label !== "Without a value" || line.count > 0);
}

/** How many rows came in and what became of them, at one scale. */
export function RowFunnel({ report }: { report: QualityReport }) {
  const most = Math.max(1, report.rowsIn);
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)_max-content] items-center gap-x-3 gap-y-1.5 text-sm">
      {linesOf(report).map(({ label, count, colour, note }) => (
        <div key={label} className="contents">
          <dt className="text-muted" title={note}>
            {label}
          </dt>
          <dd className="contents">
            <span aria-hidden className="block h-3.5">
              <span
                className="block h-full rounded-xs"
                style={{ width: `${(count / most) * 100}%`, minWidth: count > 0 ? 2 : 0, background: colour }}
              />
            </span>
            <span className="text-right font-medium">{formatNumber(count)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
