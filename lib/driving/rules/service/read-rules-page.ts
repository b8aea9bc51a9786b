import { can, type Ctx } from "#lib/auth/context";
import { formatDateTime } from "#lib/format/dates";
import { listMembers } from "#lib/workspaces/member-store";
import { findWorkspace } from "#lib/workspaces/store";
import { listGeofences } from "../geofence-store.ts";
import type { Rule } from "../schema.ts";
import { readFailures, readRules } from "./read-rules.ts";

interface RulesPage {
  rules: Rule[];
  failures: { id: string; ruleId: string; words: string }[];
  geofences: { id: string; name: string }[];
  /** Who may be chosen; empty for those who only look. */
  members: { id: string; name: string }[];
}

const MEMBERS_MAX = 500;

export async function readRulesPage(ctx: Ctx): Promise<RulesPage> {
  const [rules, failures, geofences, { timeZone }] = await Promise.all([
    readRules(ctx),
    readFailures(ctx),
    listGeofences(ctx),
    findWorkspace(ctx),
  ]);
  const members = can(ctx, "driving:write") ? (await listMembers(ctx, { limit: MEMBERS_MAX })).items : [];
  return {
    rules,
    failures: failures.map(({ id, ruleId, channel, target, attempts, lastError, createdAt }) => ({
      ...{ id, ruleId },
      words: `${formatDateTime(createdAt, { timeZone, now: ctx.now })}, ${channel === "webhook" ? target : channel}, try ${attempts}: ${lastError ?? "no reason given"}`,
    })),
    geofences: geofences.map(({ id, name }) => ({ id, name })),
    members: members.map(({ userId: id, name }) => ({ id, name })),
  };
}
