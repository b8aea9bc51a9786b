import { ledger, ledgerQuery } from "#lib/driving/history/schema";
import { readLedger } from "#lib/driving/history/service/read-ledger";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "What came in hour by hour and what became of it, held against the table",
    query: ledgerQuery,
    response: ledger,
  },
  ({ ctx, input }) => readLedger(ctx, input.query.hours),
);
