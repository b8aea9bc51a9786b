import { sensorParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { exportQuery } from "#lib/sensors/schema";
import { exportObservations } from "#lib/sensors/service/export-observations";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Every observation of a range with its flags and source file, as CSV or Parquet",
    params: sensorParams,
    query: exportQuery,
    produces: ["text/csv", "application/vnd.apache.parquet"],
  },
  ({ ctx, input }) => exportObservations(ctx, input.params.sensorId, input.query),
);
