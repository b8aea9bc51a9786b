import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { decodeCursor, toPage, type Page, type PageQuery } from "#lib/http/pagination";
import { ruleDefinition, type DeliveryRow, type RuleDelivery } from "../schema.ts";
import type { ToldAlert } from "./core/compose.ts";

type Scope = Pick<Ctx, "workspaceId">;

/** A rule while nobody else tells of it; null when it is gone. */
export async function lockRule(
  { workspaceId }: Scope,
  ruleId: string,
): Promise<{ name: string; lastDigestAt: Date | null; delivery: RuleDelivery } | null> {
  const rows = await inWorkspace(
    { workspaceId },
    (tx) => tx.$queryRaw<{ name: string; lastDigestAt: Date | null; definition: unknown }[]>`
      select name, last_digest_at as "lastDigestAt", definition from driving_rules
      where workspace_id = ${workspaceId}::uuid and id = ${ruleId}::uuid for update`,
  );
  const [row] = rows;
  return row ? { ...row, delivery: ruleDefinition.parse(row.definition).delivery } : null;
}

export async function markDigest({ workspaceId }: Scope, ruleId: string, at: Date): Promise<void> {
  const where = { id: ruleId, workspaceId };
  await inWorkspace({ workspaceId }, (tx) => tx.drivingRule.updateMany({ where, data: { lastDigestAt: at } }));
}

const ALERT = Prisma.sql`a.id as "alertId", dr.code as driver, e.plate, a.severity, v.terms ->> 'name' as rule,
  v.version as "ruleVersion", e.place, e.start_at::text as "startAt", a.speed_kmh as "speedKmh", e.latitude, e.longitude,
  a.raised_at as "raisedAt"`;
const ALERT_TABLES = Prisma.sql`driving_alerts a join driving_episodes e on e.id = a.id
  join drivers dr on dr.driver_no = a.driver_no join driving_rule_versions v on v.no = a.rule_no`;

/** Takes what waits for the inbox or a letter, as told from now on, oldest first. */
export function takeForPeople(
  { workspaceId }: Scope,
  ruleId: string,
  at: Date,
): Promise<(ToldAlert & { deliveryId: string; channel: "inbox" | "email" })[]> {
  return inWorkspace(
    { workspaceId },
    (tx) => tx.$queryRaw`
      with taken as (
        update driving_deliveries set state = 'sent', attempts = attempts + 1, sent_at = ${at}
        where workspace_id = ${workspaceId}::uuid and rule_id = ${ruleId}::uuid and state = 'waiting'
          and channel in ('inbox', 'email') returning id, alert_id, channel)
      select d.id as "deliveryId", d.channel, ${ALERT}
      from taken d join ${ALERT_TABLES} on a.id = d.alert_id order by a.raised_at, a.id, d.channel`,
  );
}

export async function failDeliveries({ workspaceId }: Scope, ids: readonly string[], reason: string): Promise<void> {
  if (ids.length === 0) return;
  const where = { workspaceId, id: { in: [...ids] } };
  const data = { state: "failed", lastError: reason, sentAt: null };
  await inWorkspace({ workspaceId }, (tx) => tx.drivingDelivery.updateMany({ where, data }));
}

export async function failAllWaiting({ workspaceId }: Scope, ruleId: string, reason: string): Promise<void> {
  const where = { workspaceId, ruleId, state: "waiting" };
  const data = { state: "failed", lastError: reason };
  await inWorkspace({ workspaceId }, (tx) => tx.drivingDelivery.updateMany({ where, data }));
}

export type TakenWebhook = ToldAlert & { deliveryId: string; target: string; attempts: number };

/** Takes webhooks that are due. Whoever takes one has it for so long; then it counts as lost and is taken again. */
export function takeWebhooks(
  { workspaceId }: Scope,
  { ruleId, leaseS, count }: { ruleId: string; leaseS: number; count: number },
): Promise<TakenWebhook[]> {
  return inWorkspace(
    { workspaceId },
    (tx) => tx.$queryRaw`
      with due as (
        select id from driving_deliveries where workspace_id = ${workspaceId}::uuid and rule_id = ${ruleId}::uuid
          and state = 'waiting' and channel = 'webhook' and next_at <= clock_timestamp()
        order by next_at, id limit ${count}::int for update skip locked),
      taken as (
        update driving_deliveries d set attempts = d.attempts + 1,
          next_at = clock_timestamp() + make_interval(secs => ${leaseS}::int)
        from due where d.id = due.id returning d.id, d.alert_id, d.target, d.attempts)
      select d.id as "deliveryId", d.target, d.attempts, ${ALERT}
      from taken d join ${ALERT_TABLES} on a.id = d.alert_id order by a.raised_at, a.id`,
  );
}

export interface WebhookOutcome {
  state: "waiting" | "sent" | "failed";
  lastError: string | null;
  /** Seconds until the next try. */
  retryInS: number;
}

/** Notes what became of a try; one that was taken for lost meanwhile is somebody else's. */
export async function settleWebhook(
  { workspaceId }: Scope,
  { deliveryId, attempts }: Pick<TakenWebhook, "deliveryId" | "attempts">,
  { state, lastError, retryInS }: WebhookOutcome,
): Promise<void> {
  await inWorkspace(
    { workspaceId },
    (tx) => tx.$executeRaw`
      update driving_deliveries set state = ${state}, last_error = ${lastError},
        sent_at = case when ${state} = 'sent' then clock_timestamp() end,
        next_at = clock_timestamp() + make_interval(secs => ${retryInS}::int)
      where workspace_id = ${workspaceId}::uuid and id = ${deliveryId}::uuid
        and (attempts = ${attempts}::int or ${state} = 'sent')`,
  );
}

/** When the next webhook of the rule is due; null when none waits. */
export async function findNextWebhookAt({ workspaceId }: Scope, ruleId: string): Promise<Date | null> {
  const where = { workspaceId, ruleId, state: "waiting", channel: "webhook" };
  const row = await inWorkspace({ workspaceId }, (tx) =>
    tx.drivingDelivery.findFirst({ where, orderBy: { nextAt: "asc" }, select: { nextAt: true } }),
  );
  return row?.nextAt ?? null;
}

/** Rules with something that should have been told by now: their job was lost with its worker. */
export function listOverdueRules(): Promise<{ workspaceId: string; ruleId: string; isWebhook: boolean }[]> {
  return systemDb().$queryRaw`
    select distinct workspace_id as "workspaceId", rule_id as "ruleId", channel = 'webhook' as "isWebhook"
    from driving_deliveries where state = 'waiting' and next_at < now() - interval '90 s' limit 1000`;
}

/** What was told a month ago. */
export async function deleteOldDeliveries(): Promise<void> {
  await systemDb().$executeRaw`
    delete from driving_deliveries where state <> 'waiting' and created_at < now() - interval '30 days'`;
}

/** Newest first. */
export async function listDeliveries(ctx: Ctx, ruleId: string, query: PageQuery): Promise<Page<DeliveryRow>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const where = { workspaceId: ctx.workspaceId, ruleId, ...(before ? { id: { lt: before } } : {}) };
  const rows = await inWorkspace(ctx, (tx) =>
    tx.drivingDelivery.findMany({ where, orderBy: { id: "desc" }, take: query.limit + 1 }),
  );
  const items = rows.map(({ nextAt: _, workspaceId: __, ruleId: ___, ...row }) => row as DeliveryRow);
  return toPage(items, query.limit, ({ id }) => [id]);
}

export interface Failure {
  id: string;
  ruleId: string;
  channel: "inbox" | "email" | "webhook";
  target: string;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
}

const FAILURES_MAX = 200;

/** Of all rules, of the last seven days, newest first. */
export async function listFailures(ctx: Ctx): Promise<Failure[]> {
  const since = new Date(ctx.now.getTime() - 7 * 86_400_000);
  const where = { workspaceId: ctx.workspaceId, state: "failed", createdAt: { gte: since } };
  const rows = await inWorkspace(ctx, (tx) =>
    tx.drivingDelivery.findMany({
      where,
      orderBy: { id: "desc" },
      take: FAILURES_MAX,
      select: { id: true, ruleId: true, channel: true, target: true, attempts: true, lastError: true, createdAt: true },
    }),
  );
  return rows as Failure[];
}
