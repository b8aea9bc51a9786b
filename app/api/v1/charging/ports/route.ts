import { saveTable as saveTableInput, tableQuery, tableView } from "#lib/charging/tables/schema";
import { readTable } from "#lib/charging/tables/service/get-table";
import { saveTable } from "#lib/charging/tables/service/save-table";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "charging:read",
    tag: "Charging",
    summary: "Charging ports by county or ZIP code and level: a version of the workspace’s table, also as CSV",
    query: tableQuery,
    response: tableView,
  },
  ({ ctx, input }) => readTable(ctx, "ports", input.query),
);

export const PUT = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Charging ports by county or ZIP code and level: save the table as its next version",
    body: saveTableInput,
    bodyLimitBytes: 4 * 1024 * 1024,
    response: tableView,
    audit: "charging_table.saved",
  },
  ({ ctx, input }) => saveTable(ctx, "ports", input.body),
);
