import { defineAlgorithmIo } from "#lib/algorithms/io";
import { listPlacedSensors, replaceReferenceMatches } from "../../reference-store.ts";
import type { MatchReferencesData } from "./algorithm.ts";

export const matchReferencesIo = defineAlgorithmIo<unknown, unknown, MatchReferencesData, unknown>({
  open: async ({ ctx }) => ({ sensors: await listPlacedSensors(ctx), matches: [] }),
  commit: ({ client, ctx }, { data }) => replaceReferenceMatches(client, ctx.workspaceId, data.matches),
});
