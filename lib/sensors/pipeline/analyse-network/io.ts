import { defineAlgorithmIo } from "#lib/algorithms/io";
import type { AnalyseNetworkData } from "./algorithm.ts";
import { analyseNetworkResult } from "./schema.ts";
import { countStates, findLastSummary, listOpenFaults } from "./store.ts";

export const analyseNetworkIo = defineAlgorithmIo<unknown, unknown, AnalyseNetworkData, unknown>({
  open: async ({ ctx, runId }) => {
    const last = analyseNetworkResult.safeParse(await findLastSummary(ctx, runId));
    return {
      states: await countStates(ctx),
      openFaults: await listOpenFaults(ctx),
      faultyBefore: last.success ? last.data.faultyCodes : null,
    };
  },
});
