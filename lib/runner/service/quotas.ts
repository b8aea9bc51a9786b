import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { formatExact } from "#lib/format/dates";
import { formatNumber, formatUsd } from "#lib/format/numbers";
import { findWorkspace } from "#lib/workspaces/store";
import { readQuota, setQuota } from "../quota-store.ts";
import type { ChangeRunnerQuotas, RunnerQuotas } from "../schema.ts";

export async function getQuotas(ctx: Ctx): Promise<RunnerQuotas> {
  const { timeZone } = await findWorkspace(ctx);
  const { monthStartAt, monthEndAt, ...quota } = await readQuota(ctx, timeZone);
  return { ...quota, monthStartAt: monthStartAt.toISOString(), monthEndAt: monthEndAt.toISOString() };
}

export async function changeQuotas(ctx: Ctx, change: ChangeRunnerQuotas): Promise<RunnerQuotas> {
  await setQuota(ctx, change);
  return getQuotas(ctx);
}

/** Throws when the month's processor time or money is used up. Runs that have begun go on to their end. */
export async function requireBudget(ctx: Ctx): Promise<void> {
  const { timeZone } = await findWorkspace(ctx);
  const { cpuHoursMax, cpuHoursUsed, usdMax, usdUsed, monthEndAt } = await readQuota(ctx, timeZone);
  const amount = (value: number) => formatNumber(value, { decimalsMax: 2 });
  const used =
    cpuHoursMax !== null && cpuHoursUsed >= cpuHoursMax
      ? `${amount(cpuHoursUsed)} of their ${amount(cpuHoursMax)} CPU-hours`
      : usdMax !== null && usdUsed >= usdMax
        ? `${formatUsd(usdUsed)} of their ${formatUsd(usdMax)}`
        : null;
  if (used === null) return;
  const until = formatExact(monthEndAt.toISOString(), timeZone);
  throw new AppError(
    "unprocessable",
    `The apps of this workspace have used ${used} of this month. Nothing was started. ` +
      `An owner can raise the quota on the Apps page; otherwise it begins anew on ${until}.`,
  );
}
