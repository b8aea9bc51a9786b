import { AppError } from "#lib/errors";
import type { Algorithm } from "./define.ts";
import type { AlgorithmIo } from "./io.ts";

/** Every algorithm, by slug. Imports are lazy: listing them must not load a solver. */
const REGISTRY = {
  "clean-table": {
    declaration: async () => (await import("#lib/datasets/cleaning/algorithm")).cleanTable,
    io: async () => (await import("#lib/datasets/cleaning/io")).cleanTableIo,
  },
  "range-step-stuck": {
    declaration: async () => (await import("#lib/sensors/checks/range-step-stuck/algorithm")).rangeStepStuck,
    io: async () => (await import("#lib/sensors/check-io")).checkIo,
  },
} as const;

export type AlgorithmSlug = keyof typeof REGISTRY;

export const ALGORITHM_SLUGS = Object.keys(REGISTRY);

function entryOf(slug: string): (typeof REGISTRY)[AlgorithmSlug] {
  if (Object.hasOwn(REGISTRY, slug)) return REGISTRY[slug as AlgorithmSlug];
  throw new AppError("not_found", `There is no algorithm "${slug}". Known: ${ALGORITHM_SLUGS.join(", ")}.`);
}

// Each entry's declaration and io agree by construction; the platform handles them without their types.
export async function getAlgorithm(slug: string): Promise<Algorithm> {
  return (await entryOf(slug).declaration()) as unknown as Algorithm;
}

export async function getAlgorithmIo(slug: string): Promise<AlgorithmIo> {
  return (await entryOf(slug).io()) as unknown as AlgorithmIo;
}
