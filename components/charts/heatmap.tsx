import type { HeatmapSpec } from "#lib/charts/spec";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";
import { extent } from "#lib/math/stats";

const CLASSES = ["bg-seq-1", "bg-seq-2", "bg-seq-3", "bg-seq-4", "bg-seq-5", "bg-seq-6", "bg-seq-7"];

/** Values in rows and columns, seven equal classes. Each cell holds its number for screen readers and on hover. */
export function Heatmap({ heatmap }: { heatmap: HeatmapSpec }) {
  const { title, unit, columns, rows, decimals = 0 } = heatmap;
  const { min, max } = extent(rows.flatMap(({ values }) => values.map((value) => value ?? NaN)));
  const classOf = (value: number) => CLASSES[Math.min(6, Math.floor(((value - min) / (max - min || 1)) * 7))];
  const stride = Math.ceil(columns.length / 8);
  const text = (value: number | null) => `${formatNumber(value, { decimals })}${value === null ? "" : ` ${unit}`}`;
  return (
    <div>
      <div role="region" aria-label={title} tabIndex={0} className="overflow-x-auto">
        <table className="w-full table-fixed border-separate border-spacing-px text-2xs">
          <thead>
            <tr>
              <td className="w-24" />
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className="h-5 text-left font-medium whitespace-nowrap text-muted [font-stretch:88%]"
                >
                  <span className={index % stride === 0 ? "" : "sr-only"}>{column}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row" className="truncate pr-2 text-right font-medium text-muted [font-stretch:88%]">
                  {row.label}
                </th>
                {row.values.map((value, index) => (
                  <td
                    key={index}
                    title={`${row.label}, ${columns[index] ?? ""}: ${text(value)}`}
                    className={classNames(
                      "h-5 rounded-[1px]",
                      value === null ? "border border-dashed border-line-strong" : classOf(value),
                    )}
                  >
                    <span className="sr-only">{text(value)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {Number.isNaN(min) ? null : (
        <div className="mt-2 flex items-center gap-1.5 text-2xs text-muted">
          {formatNumber(min, { decimals })}
          <span aria-hidden="true" className="flex">
            {CLASSES.map((name) => (
              <span key={name} className={classNames("h-2 w-4", name)} />
            ))}
          </span>
          {text(max)}
          <span className="ml-2">dashed: no data</span>
        </div>
      )}
    </div>
  );
}
