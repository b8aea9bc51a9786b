import { systemContext } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import { publish } from "#lib/live/publish";
import { matchReferences as match } from "../core/match-references.ts";
import { listPlacedSensors, replaceReferenceMatches } from "../reference-store.ts";

/** Finds the nearest reference stations of every sensor anew; run whenever sensors or stations were added or moved. */
export async function matchReferences(workspaceId: string): Promise<void> {
  const ctx = systemContext(workspaceId, "reference matching", new Date());
  const matches = match(await listPlacedSensors(ctx));
  await inWorkspaceSql(ctx, (client) => replaceReferenceMatches(client, workspaceId, matches));
  await publish({ workspaceId, topic: "sensor", id: "references" });
}
