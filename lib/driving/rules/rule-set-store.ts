import type { PoolClient } from "pg";
import { RuleSet, type RuleVersion } from "./core/rule.ts";
import { ruleTerms } from "./schema.ts";

const NO_RULES = new RuleSet([]);

/** Rules of workspaces that this process has written for. */
const KEPT_MAX = 100;
const kept = new Map<string, { rulesNo: number; rules: RuleSet }>();

/**
 * A workspace's rules, those that are past included: records that come late are judged by the rules of the time they
 * arrived in. The number is read with the writer's lock, so that nothing is asked while no rule changes.
 */
export async function loadRuleSet(
  client: PoolClient,
  { workspaceId, rulesNo }: { workspaceId: string; rulesNo: number },
): Promise<RuleSet> {
  if (rulesNo === 0) return NO_RULES;
  const known = kept.get(workspaceId);
  if (known?.rulesNo === rulesNo) return known.rules;
  const rules = new RuleSet(await readVersions(client, workspaceId));
  kept.delete(workspaceId);
  kept.set(workspaceId, { rulesNo, rules });
  for (const [oldest] of kept) if (kept.size > KEPT_MAX) kept.delete(oldest);
  return rules;
}

async function readVersions(client: PoolClient, workspaceId: string): Promise<RuleVersion[]> {
  const { rows } = await client.query<
    Omit<RuleVersion, "untilSeq" | "terms"> & { untilSeq: number | null; terms: unknown }
  >(
    `select no, rule_id as "ruleId", version, from_seq::float8 as "fromSeq", until_seq::float8 as "untilSeq", terms
     from driving_rule_versions where workspace_id = $1 order by no`,
    [workspaceId],
  );
  return rows.map(({ untilSeq, terms, ...row }) => ({
    ...row,
    untilSeq: untilSeq ?? Infinity,
    terms: ruleTerms.parse(terms),
  }));
}
