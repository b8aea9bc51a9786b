import { defineAlgorithmIo } from "#lib/algorithms/io";
import type { TrainFaultModelData } from "./algorithm.ts";
import { listReviewedFaults } from "./store.ts";

export const trainFaultModelIo = defineAlgorithmIo<unknown, unknown, TrainFaultModelData, unknown>({
  open: async ({ ctx }) => ({ reviewed: await listReviewedFaults(ctx) }),
});
