import type { Ctx } from "#lib/auth/context";
import type { OwnerSummary } from "../schema.ts";
import { listOwners } from "../store.ts";

/** Owners with their sensors by state, those with faults first. */
export async function listOwnerSummaries(ctx: Ctx): Promise<OwnerSummary[]> {
  const owners = new Map<string, OwnerSummary>();
  for (const row of await listOwners(ctx)) {
    const owner = owners.get(row.owner) ?? { owner: row.owner, sensorCount: 0, byState: {}, lastObservedAt: null };
    owner.sensorCount += row.count;
    owner.byState[row.state] = row.count;
    const at = row.lastObservedAt?.toISOString() ?? null;
    if (at && (!owner.lastObservedAt || at > owner.lastObservedAt)) owner.lastObservedAt = at;
    owners.set(row.owner, owner);
  }
  const trouble = ({ byState }: OwnerSummary) =>
    (byState.fault ?? 0) * 1e4 + (byState.suspect ?? 0) * 100 + (byState.silent ?? 0);
  return [...owners.values()].sort((a, b) => trouble(b) - trouble(a) || a.owner.localeCompare(b.owner));
}
