import { watchDriving } from "#lib/driving/service/watch-driving";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "Live: a snapshot, then alerts, records and a numbered frame every 30 s; resumes from Last-Event-ID",
    produces: ["text/event-stream"],
  },
  ({ ctx, request }) => watchDriving(ctx, request),
);
