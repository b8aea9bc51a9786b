import { importTable as importTableInput, tableView } from "#lib/charging/tables/schema";
import { importTable } from "#lib/charging/tables/service/save-table";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Electric vehicles by county and year: replace the rows by those of a CSV or JSON file",
    body: importTableInput,
    bodyLimitBytes: 4 * 1024 * 1024,
    response: tableView,
    status: 201,
    audit: "charging_table.imported",
  },
  ({ ctx, input }) => importTable(ctx, "adoption", input.body),
);
