import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { OpenFeed } from "../ingest/feed-store.ts";
import type { DrivingAlertRow, DrivingAlertsQuery, VerdictInput } from "./schema.ts";

const SELECT = `select a.id, d.code as driver, e.plate, a.kind, a.state, e.start_at::text as "startAt", e.end_at::text as "endAt",
    e.duration_s as "durationS", a.speed_kmh as "speedKmh", e.peak_speed_kmh as "peakSpeedKmh", e.latitude, e.longitude,
    a.raised_at as "raisedAt", a.cleared_at as "clearedAt", a.verdict, a.verdict_comment as "verdictComment",
    a.verdict_by_label as "verdictByLabel", a.verdict_at as "verdictAt", v.terms ->> 'name' as rule,
    v.version as "ruleVersion", a.severity, nullif(e.place, '') as place, a.is_quiet as "isQuiet"
  from driving_alerts a join driving_episodes e on e.id = a.id join drivers d on d.driver_no = a.driver_no
    left join driving_rule_versions v on v.no = a.rule_no
  where a.workspace_id = $1`;

/** Alerts, newest first. */
export function listAlerts(ctx: Ctx, query: DrivingAlertsQuery): Promise<Page<DrivingAlertRow>> {
  const [at = null, id = null] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const { state = null, verdict = null, driver = null, limit } = query;
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<DrivingAlertRow & { raisedAt: Date }>(
      `${SELECT} and ($2::text is null or a.state = $2) and ($3::text is null or coalesce(a.verdict, 'none') = $3)
         and ($4::text is null or d.code = $4)
         and ($5::timestamptz is null or (a.raised_at, a.id) < ($5::timestamptz, $6::uuid))
       order by a.raised_at desc, a.id desc limit $7`,
      [ctx.workspaceId, state, verdict, driver, at, id, limit + 1],
    );
    return toPage(rows, limit, (row) => [row.raisedAt.toISOString(), row.id]);
  });
}

export async function findAlert({ client, feed }: OpenFeed, alertId: string): Promise<DrivingAlertRow | null> {
  const { rows } = await client.query<DrivingAlertRow>(`${SELECT} and a.id = $2`, [feed.workspaceId, alertId]);
  return rows[0] ?? null;
}

/** False when there is no such alert. */
export async function updateVerdict(
  { client, feed, nowMs }: OpenFeed,
  { alertId, byLabel, ...input }: VerdictInput & { alertId: string; byLabel: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update driving_alerts set verdict = $3, verdict_comment = $4, verdict_by_label = $5,
       verdict_at = to_timestamp($6::float8 / 1000) where workspace_id = $1 and id = $2`,
    [feed.workspaceId, alertId, input.verdict, input.comment, byLabel, nowMs],
  );
  return rowCount === 1;
}
