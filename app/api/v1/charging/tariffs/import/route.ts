import { importTariff as importTariffInput, tariffDetail } from "#lib/charging/tariffs/api-schema";
import { importTariff } from "#lib/charging/tariffs/service/save-tariff";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Add a tariff from a file: our JSON, OpenEI JSON, or the CSV of a cost-benefit case",
    body: importTariffInput,
    bodyLimitBytes: 2 * 1024 * 1024,
    response: tariffDetail,
    status: 201,
    audit: "tariff.imported",
  },
  ({ ctx, input }) => importTariff(ctx, input.body),
);
