import { z } from "zod";
import { columnMapping } from "#lib/datasets/core/mapping";
import { headerSignature } from "#lib/datasets/service/recognise";
import { listSavedMappings, saveMapping } from "#lib/datasets/store";
import { route } from "#lib/http/route";

const query = z.object({ headerSignature: z.string().regex(/^[0-9a-f]{64}$/) });
const saved = z.object({ name: z.string(), mapping: columnMapping });
const body = z.object({
  name: z.string().min(1).max(120),
  mapping: columnMapping,
  columns: z.array(z.string()).min(1).max(2000),
});

export const GET = route(
  {
    access: "uploads:read",
    tag: "Uploads",
    summary: "Column mappings saved for files with this header",
    query,
    response: z.object({ items: z.array(saved) }),
  },
  async ({ ctx, input }) => ({ items: await listSavedMappings(ctx, input.query.headerSignature) }),
);

export const POST = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Use a column mapping for every later file with the same header",
    body,
    audit: "mapping.saved",
  },
  ({ ctx, input: { body: given } }) =>
    saveMapping(ctx, {
      kind: given.mapping.kind,
      name: given.name,
      mapping: given.mapping,
      headerSignature: headerSignature(given.columns),
    }),
);
