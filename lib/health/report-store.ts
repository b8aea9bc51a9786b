import { systemDb } from "#lib/db/client";

export interface ReaperReport {
  host: string;
  executor: string;
  isAvailable: boolean;
  reason: string | null;
  machines: number;
  orphans: number;
}

/** What the health page says of a host; orphans are counted on for as long as the installation lives. */
export async function recordReport({ host, ...found }: ReaperReport): Promise<void> {
  const { executor, isAvailable, reason, machines, orphans } = found;
  await systemDb().$executeRaw`
    insert into runner_reports as r (host, executor, is_available, reason, machines, orphans, orphans_total, at)
    values (${host}, ${executor}, ${isAvailable}, ${reason}, ${machines}, ${orphans}, ${orphans}, now())
    on conflict (host) do update set executor = excluded.executor, is_available = excluded.is_available,
      reason = excluded.reason, machines = excluded.machines, orphans = excluded.orphans,
      orphans_total = r.orphans_total + excluded.orphans_total, at = excluded.at`;
}
