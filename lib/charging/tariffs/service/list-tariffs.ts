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

const CHOICES_MAX = 200;

/** The workspace's own tariffs as choices of a run. */
export async function listTariffChoices(ctx: Ctx): Promise<{ value: string; label: string; at: string }[]> {
  const { items } = await listTariffRecords(ctx, { archived: false, limit: CHOICES_MAX });
  return items.map(({ id, version, tariff, createdAt }) => {
    return { value: id, label: `${tariff.name}, version ${version}`, at: createdAt.toISOString() };
  });
}
