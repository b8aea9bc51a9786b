import { z } from "zod";
import { ALGORITHM_SLUGS, getAlgorithm } from "../registry.ts";
import type { AlgorithmView } from "../schema.ts";

const jsonSchema = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as Record<string, unknown>;

export async function listAlgorithms(): Promise<AlgorithmView[]> {
  return Promise.all(
    ALGORITHM_SLUGS.map(async (slug) => {
      const {
        version,
        title,
        summary,
        timeoutS,
        memoryMb,
        startedBy = null,
        params,
        inputs,
      } = await getAlgorithm(slug);
      return {
        slug,
        version,
        title,
        summary,
        timeoutS,
        memoryMb,
        startedBy,
        params: jsonSchema(params),
        inputs: jsonSchema(inputs),
      };
    }),
  );
}
