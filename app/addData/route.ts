import { postRecordsInput } from "#lib/driving/schema";
import { postOneRecord } from "#lib/driving/service/post-one-record";
import { route } from "#lib/http/route";

/** The address and the answer that feeders of the first generation know. */
export const POST = route(
  {
    access: "records:write",
    tag: "Driving",
    summary: "Post one record and get a line of text, as the first generation of feeders expects",
    body: postRecordsInput,
    keepsOwnKeys: true,
    produces: ["text/plain"],
  },
  async ({ ctx, input, request }) => {
    const text = await postOneRecord(ctx, input.body.records, request.headers.get("idempotency-key"));
    return new Response(text, {
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  },
);
