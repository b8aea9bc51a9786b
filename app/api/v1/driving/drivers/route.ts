import { z } from "zod";
import { driver } from "#lib/driving/history/schema";
import { listDriverStatus } from "#lib/driving/live/live-store";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "Every driver with the newest record",
    response: z.object({ items: z.array(driver) }),
  },
  async ({ ctx }) => ({ items: await listDriverStatus(ctx, 0) }),
);
