import { changeTariff, tariffDetail } from "#lib/charging/tariffs/api-schema";
import { tariff } from "#lib/charging/tariffs/schema";
import { getTariff } from "#lib/charging/tariffs/service/get-tariff";
import { saveTariffVersion, setTariffArchived } from "#lib/charging/tariffs/service/save-tariff";
import { tariffParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "charging:read",
    tag: "Charging",
    summary: "A version of a tariff, with its prices and the list of its versions",
    params: tariffParams,
    response: tariffDetail,
  },
  ({ ctx, input }) => getTariff(ctx, input.params.tariffId),
);

export const PUT = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Save a changed tariff as its next version, which has an id of its own",
    params: tariffParams,
    body: tariff,
    response: tariffDetail,
    audit: "tariff.saved",
  },
  ({ ctx, input }) => saveTariffVersion(ctx, input.params.tariffId, input.body),
);

export const PATCH = route(
  {
    access: "charging:write",
    tag: "Charging",
    summary: "Archive a tariff, or bring it back",
    params: tariffParams,
    body: changeTariff,
    response: tariffDetail,
    audit: "tariff.archived",
  },
  ({ ctx, input }) => setTariffArchived(ctx, input.params.tariffId, input.body.archived),
);
