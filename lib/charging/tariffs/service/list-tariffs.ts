import type { Ctx } from "#lib/auth/context";
import type { Page } from "#lib/http/pagination";
import type { TariffsQuery, TariffSummaryRow } from "../api-schema.ts";
import { listPublishedTariffs } from "../published/published-tariffs.ts";
import { listTariffRecords } from "../store.ts";
import { presentPublished, presentTariff } from "./get-tariff.ts";

/** The workspace's own, the last saved first; behind the last of them those that come with the portal. */
export async function listTariffs(ctx: Ctx, query: TariffsQuery): Promise<Page<TariffSummaryRow>> {
  const { items, nextCursor } = await listTariffRecords(ctx, query);
  const isEnd = nextCursor === null && !query.archived;
  const published = isEnd ? listPublishedTariffs().map(presentPublished) : [];
  return { items: [...items.map(presentTariff), ...published], nextCursor };
}
