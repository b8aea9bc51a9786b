import { replayQuery } from "#lib/driving/replay/schema";
import { replayHistory } from "#lib/driving/replay/service/replay-history";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "Play a stretch of history at 1 to 600 times its speed; the position is the id of every event",
    query: replayQuery,
    produces: ["text/event-stream"],
  },
  ({ ctx, input, request }) => replayHistory(ctx, request, input.query),
);
