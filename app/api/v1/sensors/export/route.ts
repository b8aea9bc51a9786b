import { route } from "#lib/http/route";
import { exportSensorsQuery } from "#lib/sensors/schema";
import { exportSensors } from "#lib/sensors/service/export-sensors";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Every sensor that matches a filter with its latest values, as CSV, GeoJSON or Parquet",
    query: exportSensorsQuery,
    produces: ["text/csv", "application/geo+json", "application/vnd.apache.parquet"],
  },
  ({ ctx, input }) => exportSensors(ctx, input.query),
);
