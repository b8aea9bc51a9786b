import { z } from "zod";
import { route } from "#lib/http/route";
import { ownerSummary } from "#lib/sensors/schema";
import { listOwnerSummaries } from "#lib/sensors/service/list-owners";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Owners with their sensors by state",
    response: z.object({ items: z.array(ownerSummary) }),
  },
  async ({ ctx }) => ({ items: await listOwnerSummaries(ctx) }),
);
