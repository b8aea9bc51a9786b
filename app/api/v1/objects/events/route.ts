import { z } from "zod";
import { route } from "#lib/http/route";
import { uploadEvent } from "#lib/uploads/schema";
import { handleStorageEvent } from "#lib/uploads/service/handle-storage-event";

export const POST = route(
  {
    access: "storage",
    tag: "Storage",
    summary: "S3 and EventBridge notifications of new objects",
    body: uploadEvent,
    response: z.object({ handled: z.number().int() }),
  },
  ({ ctx, input }) => handleStorageEvent(input.body, ctx.now),
);
