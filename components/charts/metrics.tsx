import { StateBadge } from "#components/ui/state-badge";
import type { MetricsSpec } from "#lib/charts/spec";
import { formatNumber } from "#lib/format/numbers";

/** Figures of a result in one ruled row, each with unit, state and what it is compared with. */
export function Metrics({ metrics }: { metrics: MetricsSpec }) {
  return (
    <section>
      {metrics.title ? <h3 className="mb-2 text-sm font-bold">{metrics.title}</h3> : null}
      <dl className="grid grid-cols-2 gap-y-3 sm:flex sm:flex-wrap sm:gap-y-4">
        {metrics.items.map(({ label, value, unit, decimals, tone, note }) => (
          <div key={label} className="flex min-w-0 flex-col border-l border-line pr-4 pl-3 sm:pr-6">
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="flex items-baseline gap-1 text-lg font-bold">
              {typeof value === "string"
                ? value
                : formatNumber(value, decimals === undefined ? { decimalsMax: 3 } : { decimals })}
              {unit ? <span className="text-xs font-normal text-muted">{unit}</span> : null}
            </dd>
            {tone ? (
              <dd>
                <StateBadge state={tone} />
              </dd>
            ) : null}
            {note ? <dd className="text-2xs text-muted">{note}</dd> : null}
          </div>
        ))}
      </dl>
    </section>
  );
}
