import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { AppError } from "#lib/errors";
import type { OpenFeed } from "../ingest/feed-store.ts";
import type { RuleTerms } from "./core/rule.ts";
import { ruleDefinition, type Rule, type RuleDefinition, type RuleInput } from "./schema.ts";

interface RuleRow extends Omit<Rule, keyof RuleDefinition | "updatedAt" | "createdBy"> {
  definition: unknown;
  createdByLabel: string;
  updatedAt: Date;
}

const SELECT = `select r.id, r.name, r.is_enabled as "isEnabled", r.version, r.definition,
    r.created_by_label as "createdByLabel", r.updated_at as "updatedAt",
    (select count(*)::int from driving_alerts a join driving_rule_versions v on v.no = a.rule_no
      where a.workspace_id = r.workspace_id and a.raised_at > now() - interval '7 days' and v.rule_id = r.id)
      as "alertCount7d",
    (select count(*)::int from driving_deliveries d where d.workspace_id = r.workspace_id and d.rule_id = r.id
      and d.state = 'failed' and d.created_at > now() - interval '7 days') as "failedCount7d",
    (select count(*)::int from driving_deliveries d where d.workspace_id = r.workspace_id and d.rule_id = r.id
      and d.state = 'waiting') as "waitingCount"
  from driving_rules r where r.workspace_id = $1`;

export function listRules(ctx: Pick<Ctx, "workspaceId">): Promise<Rule[]> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<RuleRow>(`${SELECT} order by r.name`, [ctx.workspaceId]);
    return rows.map(toRule);
  });
}

export async function requireRule(ctx: Pick<Ctx, "workspaceId">, ruleId: string): Promise<Rule> {
  const rows = await inWorkspaceSql(ctx, async (client) => {
    return (await client.query<RuleRow>(`${SELECT} and r.id = $2`, [ctx.workspaceId, ruleId])).rows;
  });
  const [row] = rows;
  if (!row) throw noRule();
  return toRule(row);
}

function toRule({ definition, createdByLabel: createdBy, updatedAt, ...row }: RuleRow): Rule {
  return { ...row, ...ruleDefinition.parse(definition), createdBy, updatedAt: updatedAt.toISOString() };
}

const noRule = () => new AppError("not_found", "There is no such rule in this workspace.");

/** What a writer knows of a rule while nobody else changes it. */
export interface LockedRule {
  id: string;
  version: number;
  isEnabled: boolean;
  input: RuleInput;
}

export async function listRulesOfFeed({ client, feed }: OpenFeed): Promise<LockedRule[]> {
  const { rows } = await client.query<{
    id: string;
    name: string;
    version: number;
    isEnabled: boolean;
    definition: unknown;
  }>(`select id, name, version, is_enabled as "isEnabled", definition from driving_rules where workspace_id = $1`, [
    feed.workspaceId,
  ]);
  return rows.map(({ id, name, version, isEnabled, definition }) => {
    return { id, version, isEnabled, input: { ...ruleDefinition.parse(definition), name, isEnabled } };
  });
}

interface SavedRule {
  id: string;
  version: number;
  input: RuleInput;
  byLabel: string;
}

export async function insertRule(
  { client, feed, nowMs }: OpenFeed,
  {
    id,
    version,
    input: { name, isEnabled, ...definition },
    byLabel,
    sealedSecret,
  }: SavedRule & { sealedSecret: string },
): Promise<void> {
  await client
    .query(
      `insert into driving_rules (workspace_id, id, name, is_enabled, version, definition, sealed_secret, created_by_label,
         created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000), to_timestamp($9::float8 / 1000))`,
      [feed.workspaceId, id, name, isEnabled, version, JSON.stringify(definition), sealedSecret, byLabel, nowMs],
    )
    .catch(refuseTakenName);
}

export async function updateRule(
  { client, feed, nowMs }: OpenFeed,
  { id, version, input: { name, isEnabled, ...definition } }: Omit<SavedRule, "byLabel">,
): Promise<void> {
  await client
    .query(
      `update driving_rules set name = $3, is_enabled = $4, version = $5, definition = $6,
         updated_at = to_timestamp($7::float8 / 1000) where workspace_id = $1 and id = $2`,
      [feed.workspaceId, id, name, isEnabled, version, JSON.stringify(definition), nowMs],
    )
    .catch(refuseTakenName);
}

export async function deleteRuleRow({ client, feed }: OpenFeed, ruleId: string): Promise<boolean> {
  const values = [feed.workspaceId, ruleId];
  const { rowCount } = await client.query("delete from driving_rules where workspace_id = $1 and id = $2", values);
  return rowCount === 1;
}

export function refuseTakenName(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "23505") {
    const detail = "Another one has this name.";
    throw new AppError("conflict", detail, { cause: error, fields: [{ pointer: "/name", detail }] });
  }
  throw error;
}

/**
 * The rule's present version ends with the newest record, and `terms`, if any, judges from the next one on. A version
 * that has judged nothing leaves no trace. Every writer sees by the number that the rules are others.
 */
export async function putVersion(
  { client, feed }: OpenFeed,
  { ruleId, version, terms }: { ruleId: string; version: number; terms: RuleTerms | null },
): Promise<void> {
  const { workspaceId, lastSeq } = feed;
  const values = [workspaceId, ruleId, lastSeq + 1];
  const ofRule = "workspace_id = $1 and rule_id = $2 and until_seq is null";
  await client.query(`delete from driving_rule_versions where ${ofRule} and from_seq = $3`, values);
  await client.query(`update driving_rule_versions set until_seq = $3 where ${ofRule}`, values);
  if (terms) {
    await client.query(
      `insert into driving_rule_versions (workspace_id, rule_id, from_seq, version, terms) values ($1, $2, $3, $4, $5)`,
      [...values, version, JSON.stringify(terms)],
    );
  }
  await client.query("update driving_feeds set rules_no = rules_no + 1 where workspace_id = $1", [workspaceId]);
}

export async function findSealedSecret(scope: { workspaceId: string }, ruleId: string): Promise<string | null> {
  const where = { id: ruleId, workspaceId: scope.workspaceId };
  const row = await inWorkspace(scope, (tx) => tx.drivingRule.findFirst({ where, select: { sealedSecret: true } }));
  return row?.sealedSecret ?? null;
}

export async function updateSecret(ctx: Ctx, ruleId: string, sealedSecret: string): Promise<void> {
  const where = { id: ruleId, workspaceId: ctx.workspaceId };
  const { count } = await inWorkspace(ctx, (tx) => tx.drivingRule.updateMany({ where, data: { sealedSecret } }));
  if (count === 0) throw noRule();
}
