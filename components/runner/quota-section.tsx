import { ProgressBar } from "#components/ui/progress-bar";
import { Section } from "#components/ui/section";
import { formatExact } from "#lib/format/dates";
import { formatNumber } from "#lib/format/numbers";
import type { RunnerQuotas } from "#lib/runner/schema";
import { ChangeQuotas } from "./change-quotas.tsx";

interface QuotaSectionProps {
  quotas: RunnerQuotas;
  timeZone: string;
  mayChange: boolean;
}

/** What the workspace's apps may use and have used; what is used up keeps runs waiting or refuses them. */
export function QuotaSection({ quotas, timeZone, mayChange }: QuotaSectionProps) {
  const { runsAtOnceMax, cpuHoursMax, liveRuns, waitingRuns, cpuHoursUsed, monthEndAt } = quotas;
  const hours = (value: number) => formatNumber(value, { decimalsMax: 2 });
  return (
    <Section
      title="Quotas"
      caption="of this workspace, for all its apps"
      more={mayChange ? <ChangeQuotas quotas={quotas} /> : undefined}
    >
      <dl className="grid grid-cols-1 gap-x-8 gap-y-4 text-sm md:grid-cols-2">
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
        <div>
          <dt className="text-muted">CPU-hours this month</dt>
          <dd className="mt-1">
            {cpuHoursMax === null ? (
              `${hours(cpuHoursUsed)}, no limit`
            ) : (
              <ProgressBar
                fraction={cpuHoursUsed / cpuHoursMax}
                label="CPU-hours used this month"
                tone={cpuHoursUsed >= cpuHoursMax ? "failed" : "active"}
                caption={`${hours(cpuHoursUsed)} of ${hours(cpuHoursMax)}`}
              />
            )}
            {cpuHoursMax !== null && cpuHoursUsed >= cpuHoursMax ? (
              <p className="mt-1 text-xs text-fault">
                Used up: new runs are refused until {formatExact(monthEndAt, timeZone)}.
              </p>
            ) : null}
          </dd>
        </div>
      </dl>
    </Section>
  );
}
