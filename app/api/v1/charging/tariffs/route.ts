import { tariffDetail, tariffsQuery, tariffSummary } from "#lib/charging/tariffs/api-schema";
import { tariff } from "#lib/charging/tariffs/schema";
import { listTariffs } from "#lib/charging/tariffs/service/list-tariffs";
import { createTariff } from "#lib/charging/tariffs/service/save-tariff";
import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "charging:read",
    tag: "Charging",
    summary: "Tariffs: the workspace’s own, then those that come with the portal",
    query: tariffsQuery,
    response: pageOf(tariffSummary),
  },
  ({ ctx, input }) => listTariffs(ctx, input.query),
);

export const POST = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Add a tariff",
    body: tariff,
    response: tariffDetail,
    status: 201,
    audit: "tariff.saved",
  },
  ({ ctx, input }) => createTariff(ctx, input.body),
);
