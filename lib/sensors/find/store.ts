import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { STATE_SQL } from "../sensor-filter-sql.ts";
import type { FileFacts, KnownSensor } from "./explain-sensor.ts";

const SIMILAR_MAX = 5;

/** The sensor of this id, whatever its case; an exact match first. */
export function findSensorByCode(ctx: Ctx, code: string): Promise<KnownSensor | null> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<KnownSensor[]>`
      select s.id, s.code, s.latitude, s.longitude, s.last_observed_at as "lastObservedAt", ${STATE_SQL} as state,
        s.verdict_reason as reason
      from sensors s where s.workspace_id = ${ctx.workspaceId}::uuid and lower(s.code) = lower(${code})
      order by s.code = ${code} desc limit 1`;
    return rows[0] ?? null;
  });
}

/** Letters and digits 1 to 9 alone: "KIT-0007" and "kit 7" agree. */
const bareSql = (text: Prisma.Sql) => Prisma.sql`regexp_replace(lower(${text}), '[^a-z1-9]', '', 'g')`;

/** Ids that hold what was asked, or that what was asked holds, or that agree without blanks, dashes and zeros. */
export async function findSimilarCodes(ctx: Ctx, asked: string): Promise<string[]> {
  const text = Prisma.sql`${asked}::text`;
  const code = Prisma.sql`s.code`;
  const rows = await inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<{ code: string }[]>`
      select s.code from sensors s where s.workspace_id = ${ctx.workspaceId}::uuid and (
        position(lower(${text}) in lower(s.code)) > 0 or position(lower(s.code) in lower(${text})) > 0
        or (${bareSql(code)} <> '' and ${bareSql(code)} = ${bareSql(text)}) or lower(s.name) = lower(${text}))
      order by abs(length(s.code) - length(${text})), s.code limit ${SIMILAR_MAX}`,
  );
  return rows.map((row) => row.code);
}

export function findFileFacts(ctx: Ctx): Promise<FileFacts> {
  const { workspaceId } = ctx;
  const since = new Date(ctx.now.getTime() - 30 * 86_400_000);
  return inWorkspace(ctx, async (tx) => {
    const rejected = { workspaceId, state: "rejected", createdAt: { gte: since } };
    const rejectedCount = await tx.upload.count({ where: rejected });
    const newest = await tx.upload.findFirst({ where: rejected, orderBy: { createdAt: "desc" } });
    const waitingCount = await tx.upload.count({ where: { workspaceId, state: { in: ["uploading", "stored"] } } });
    return {
      rejectedCount,
      newestRejected: newest && { id: newest.id, fileName: newest.fileName, reason: newest.reason ?? "" },
      waitingCount,
    };
  });
}
