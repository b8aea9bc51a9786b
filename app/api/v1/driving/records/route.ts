import { rowsOfCsv, rowsOfNdjson } from "#lib/driving/core/posted-rows";
import { recordsQuery, storedRecord } from "#lib/driving/history/schema";
import { listRecords } from "#lib/driving/history/service/list-records";
import { postedRecords, postRecordsInput } from "#lib/driving/schema";
import { postRecords } from "#lib/driving/service/post-records";
import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "A driver's records by their time, or everybody's by arrival",
    query: recordsQuery,
    response: pageOf(storedRecord),
  },
  ({ ctx, input }) => listRecords(ctx, input.query),
);

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
