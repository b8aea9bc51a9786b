import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { sealSecret } from "#lib/secrets/seal";
import { filterMembers } from "#lib/workspaces/member-store";
import { inFeed, type OpenFeed } from "../../ingest/feed-store.ts";
import type { RuleTerms } from "../core/rule.ts";
import { readGeofences } from "../geofence-store.ts";
import { RULES_MAX, type Rule, type RuleInput } from "../schema.ts";
import {
  deleteRuleRow,
  insertRule,
  listRulesOfFeed,
  putVersion,
  requireRule,
  updateRule,
  updateSecret,
} from "../store.ts";
import { ruleSecretContext } from "../secret-context.ts";
import { toTerms } from "../to-terms.ts";

export async function createRule(ctx: Ctx, input: RuleInput): Promise<Rule> {
  await requireMembers(ctx, input);
  const id = newId();
  await inFeed(ctx, async (open) => {
    const count = (await listRulesOfFeed(open)).length;
    if (count >= RULES_MAX) {
      throw new AppError("unprocessable", `A workspace has at most ${RULES_MAX} rules. Remove one that nobody needs.`);
    }
    const sealedSecret = sealSecret(newToken(), ruleSecretContext(ctx, id));
    await insertRule(open, { id, version: 1, input, byLabel: ctx.actor.label, sealedSecret });
    await putTerms(open, { ruleId: id, version: 1, input });
  });
  return requireRule(ctx, id);
}

/** A changed rule judges the records that arrive from now on. */
export async function changeRule(ctx: Ctx, ruleId: string, input: RuleInput): Promise<Rule> {
  const { version: before } = await requireRule(ctx, ruleId);
  await requireMembers(ctx, input);
  await inFeed(ctx, async (open) => {
    const known = (await listRulesOfFeed(open)).find(({ id }) => id === ruleId);
    const version = (known?.version ?? before) + 1;
    await updateRule(open, { id: ruleId, version, input });
    await putTerms(open, { ruleId, version, input });
  });
  return requireRule(ctx, ruleId);
}

/** Its alerts stay, with its name. */
export async function deleteRule(ctx: Ctx, ruleId: string): Promise<void> {
  const { version } = await requireRule(ctx, ruleId);
  await inFeed(ctx, async (open) => {
    if (await deleteRuleRow(open, ruleId)) await putVersion(open, { ruleId, version, terms: null });
  });
}

/** Gives out a new secret that signs the rule's webhooks; the one before is void. */
export async function renewRuleSecret(ctx: Ctx, ruleId: string): Promise<{ secret: string }> {
  const secret = newToken();
  await updateSecret(ctx, ruleId, sealSecret(secret, ruleSecretContext(ctx, ruleId)));
  return { secret };
}

async function requireMembers(ctx: Ctx, { delivery }: RuleInput): Promise<void> {
  const found = new Set(await filterMembers(ctx, delivery.memberIds));
  if (delivery.memberIds.every((id) => found.has(id))) return;
  const detail = "Somebody chosen is no member of this workspace any more.";
  throw new AppError("unprocessable", detail, { fields: [{ pointer: "/delivery/memberIds", detail }] });
}

/** Puts a rule into force as it is now, or out of force. */
export async function putTerms(
  open: OpenFeed,
  { ruleId, version, input }: { ruleId: string; version: number; input: RuleInput },
): Promise<void> {
  await putVersion(open, { ruleId, version, terms: input.isEnabled ? await termsOf(open, input) : null });
}

async function termsOf(open: OpenFeed, input: RuleInput): Promise<RuleTerms> {
  return toTerms(input, input.geofenceIds.length === 0 ? new Map<string, never>() : await readGeofences(open));
}
