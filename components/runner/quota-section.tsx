import { ProgressBar } from "#components/ui/progress-bar";
import { Section } from "#components/ui/section";
import { formatExact } from "#lib/format/dates";
import { formatNumber, formatUsd } from "#lib/format/numbers";
import type { RunnerQuotas } from "#lib/runner/schema";
import { ChangeQuotas } from "./change-quotas.tsx";

interface QuotaSectionProps {
  quotas: RunnerQuotas;
  timeZone: string;
  mayChange: boolean;
}

/** What the workspace's apps may use and have used; what is used up keeps runs waiting or refuses them. */
export function QuotaSection({ quotas, timeZone, mayChange }: QuotaSectionProps) {
  const { runsAtOnceMax, cpuHoursMax, usdMax, liveRuns, waitingRuns, cpuHoursUsed, usdUsed, monthEndAt } = quotas;
  const hours = (value: number) => formatNumber(value, { decimalsMax: 2 });
  return (
    <Section
      title="Quotas"
      caption="of this workspace, for all its apps"
      more={mayChange ? <ChangeQuotas quotas={quotas} /> : undefined}
    >
      <dl className="grid grid-cols-1 gap-x-8 gap-y-4 text-sm md:grid-cols-3">
        <div>
          <dt className="text-muted">Runs at once</dt>
          <dd className="mt-1">
            {runsAtOnceMax === null ? (
              `${formatNumber(liveRuns)}, no limit`
            ) : (
              <ProgressBar
                fraction={liveRuns / runsAtOnceMax}
                label="Runs at once"
                caption={`${formatNumber(liveRuns)} of ${formatNumber(runsAtOnceMax)}`}
              />
            )}
            {waitingRuns > 0 ? <p className="mt-1 text-xs text-muted">{formatNumber(waitingRuns)} waiting</p> : null}
          </dd>
        </div>
        <Spending
          title="CPU-hours this month"
          used={cpuHoursUsed}
          most={cpuHoursMax}
          format={hours}
          until={formatExact(monthEndAt, timeZone)}
        />
        <Spending
          title="Cost this month"
          used={usdUsed}
          most={usdMax}
          format={formatUsd}
          until={formatExact(monthEndAt, timeZone)}
        />
      </dl>
    </Section>
  );
}

interface SpendingProps {
  title: string;
  used: number;
  /** Null: no limit. */
  most: number | null;
  format: (value: number) => string;
  until: string;
}

function Spending({ title, used, most, format, until }: SpendingProps) {
  const isUsedUp = most !== null && used >= most;
  return (
    <div>
      <dt className="text-muted">{title}</dt>
      <dd className="mt-1">
        {most === null ? (
          `${format(used)}, no limit`
        ) : (
          <ProgressBar
            fraction={used / most}
            label={title}
            tone={isUsedUp ? "failed" : "active"}
            caption={`${format(used)} of ${format(most)}`}
          />
        )}
        {isUsedUp ? <p className="mt-1 text-xs text-fault">Used up: new runs are refused until {until}.</p> : null}
      </dd>
    </div>
  );
}
