import { route } from "#lib/http/route";
import { postedObservations, postObservationsInput } from "#lib/sensors/observation-schema";
import { parsePostedCsv } from "#lib/sensors/readings/posted-csv";
import { postObservations } from "#lib/sensors/service/post-observations";

export const POST = route(
  {
    access: "observations:write",
    tag: "Sensors",
    summary:
      "Post one observation, up to 1,000, or a CSV of them; every row has its own result and repeats add nothing",
    body: postObservationsInput,
    textBody: { mediaType: "text/csv", parse: parsePostedCsv },
    response: postedObservations,
  },
  ({ ctx, input }) => postObservations(ctx, input.body),
);
