import { z } from "zod";
import { listDatasetKinds } from "#lib/datasets/registry";
import { route } from "#lib/http/route";

const kind = z.object({
  kind: z.string(),
  label: z.string(),
  description: z.string(),
  columns: z.array(
    z.object({
      role: z.string(),
      label: z.string(),
      description: z.string(),
      required: z.boolean(),
      multiple: z.boolean(),
    }),
  ),
  acceptedTypes: z.array(z.string()),
});

export const GET = route(
  {
    access: "datasets:read",
    tag: "Datasets",
    summary: "Kinds of datasets and the columns they know",
    response: z.object({ items: z.array(kind) }),
  },
  async () => ({ items: (await listDatasetKinds()).map((entry) => kind.parse(entry)) }),
);
