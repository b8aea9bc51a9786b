import { can, type Ctx } from "#lib/auth/context";
import type { Page, PageQuery } from "#lib/http/pagination";
import { listDeliveries, listFailures, type Failure } from "../delivery/store.ts";
import type { DeliveryRow, Rule } from "../schema.ts";
import { listRules, requireRule } from "../store.ts";

/** Paths and queries of webhooks are often their password: who may not change rules sees only the host. */
const hostOf = (url: string) => new URL(url).origin;
const maySeeTargets = (ctx: Ctx) => can(ctx, "driving:write");

export async function readRules(ctx: Ctx): Promise<Rule[]> {
  return (await listRules(ctx)).map((rule) => hideTargets(ctx, rule));
}

export async function readRule(ctx: Ctx, ruleId: string): Promise<Rule> {
  return hideTargets(ctx, await requireRule(ctx, ruleId));
}

export async function readDeliveries(ctx: Ctx, ruleId: string, query: PageQuery): Promise<Page<DeliveryRow>> {
  await requireRule(ctx, ruleId);
  const page = await listDeliveries(ctx, ruleId, query);
  return { ...page, items: page.items.map((row) => hideTarget(ctx, row)) };
}

/** What could not be delivered in the last week, newest first. */
export async function readFailures(ctx: Ctx): Promise<Failure[]> {
  return (await listFailures(ctx)).map((row) => hideTarget(ctx, row));
}

function hideTargets(ctx: Ctx, rule: Rule): Rule {
  if (maySeeTargets(ctx)) return rule;
  return { ...rule, delivery: { ...rule.delivery, webhookUrls: rule.delivery.webhookUrls.map(hostOf) } };
}

function hideTarget<T extends { channel: string; target: string }>(ctx: Ctx, row: T): T {
  return maySeeTargets(ctx) || row.channel !== "webhook" ? row : { ...row, target: hostOf(row.target) };
}
