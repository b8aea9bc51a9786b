import { episode, episodesQuery } from "#lib/driving/history/schema";
import { listEpisodes } from "#lib/driving/history/store";
import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "Episodes of overspeed and coasting in neutral, newest first",
    query: episodesQuery,
    response: pageOf(episode),
  },
  ({ ctx, input }) => listEpisodes(ctx, input.query),
);
