import { z } from "zod";
import { algorithmView } from "#lib/algorithms/schema";
import { listAlgorithms } from "#lib/algorithms/service/list-algorithms";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "runs:read",
    tag: "Runs",
    summary: "Algorithms with their parameters, units, ranges and defaults",
    response: z.object({ items: z.array(algorithmView) }),
  },
  async () => ({ items: await listAlgorithms() }),
);
