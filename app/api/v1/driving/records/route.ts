import { rowsOfCsv, rowsOfNdjson } from "#lib/driving/core/posted-rows";
import { postedRecords, postRecordsInput } from "#lib/driving/schema";
import { postRecords } from "#lib/driving/service/post-records";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "records:write",
    tag: "Driving",
    summary: "Post up to 5,000 records of vehicles as JSON, NDJSON or CSV; answered once they are durable",
    body: postRecordsInput,
    textBody: [
      { mediaType: "text/csv", parse: rowsOfCsv },
      { mediaType: "application/x-ndjson", parse: rowsOfNdjson },
    ],
    bodyLimitBytes: 4 * 1024 * 1024,
    keepsOwnKeys: true,
    response: postedRecords,
  },
  ({ ctx, input, request }) => postRecords(ctx, input.body.records, request.headers.get("idempotency-key")),
);
