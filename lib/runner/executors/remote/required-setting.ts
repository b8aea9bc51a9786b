import { env, type Env } from "#lib/env";
import { AppError } from "#lib/errors";

type CloudSetting = Extract<keyof Env, `FIELDPORT_EC2_${string}` | `FIELDPORT_BATCH_${string}`>;

/** @throws AppError naming the setting that is missing */
export function requiredSetting(name: CloudSetting): string {
  const value = env()[name];
  if (value !== undefined) return value;
  const detail = `FIELDPORT_RUNNER=${env().FIELDPORT_RUNNER} needs ${name}, an output of infra. See docs/operations.md.`;
  throw new AppError("unavailable", detail);
}
