import { defineAlgorithmIo } from "#lib/algorithms/io";
import { splitBlocks } from "../blocks/split-blocks.ts";
import { listMembers, readBlock } from "../blocks/store.ts";
import type { TrainFaultModelData } from "./algorithm.ts";
import type { TrainFaultModelParams } from "./schema.ts";
import { listReviewedFaults } from "./store.ts";

export const trainFaultModelIo = defineAlgorithmIo<unknown, TrainFaultModelParams, TrainFaultModelData, unknown>({
  open: async ({ client, ctx }, { params: { windowDays } }) => {
    const reviewed = await listReviewedFaults(ctx);
    const blocks = splitBlocks(await listMembers(client, ctx.workspaceId, null));
    const read = async function* () {
      for (const block of blocks) {
        yield { stepMs: block.stepMs, series: await readBlock(client, block, { windowDays, toMs: null }) };
      }
    };
    return { reviewed, blocks: read(), blockCount: blocks.length };
  },
});
