import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { faultsQuery, faultSummary } from "#lib/sensors/faults/schema";
import { listFaults } from "#lib/sensors/faults/store";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Faults of sensors, those first that weigh most",
    query: faultsQuery,
    response: pageOf(faultSummary),
  },
  ({ ctx, input }) => listFaults(ctx, input.query),
);
