import { route } from "#lib/http/route";
import { exportFaultsQuery } from "#lib/sensors/faults/schema";
import { exportFaults } from "#lib/sensors/faults/service/export-faults";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Every fault that matches a filter, as CSV, GeoJSON or Parquet",
    query: exportFaultsQuery,
    produces: ["text/csv", "application/geo+json", "application/vnd.apache.parquet"],
  },
  ({ ctx, input }) => exportFaults(ctx, input.query),
);
