import { z } from "zod";
import { type Tariff, tariff } from "../schema.ts";
import file from "./published-tariffs.json" with { type: "json" };

export type PublishedTariff = Tariff & { id: string };

const parsed = new Map<string, PublishedTariff>();
const ids = z.array(z.object({ id: z.string() })).parse(file);

/** Of the tariffs that come with the portal, in their order. */
export const PUBLISHED_TARIFF_IDS: readonly string[] = ids.map(({ id }) => id);

export function listPublishedTariffs(): PublishedTariff[] {
  return PUBLISHED_TARIFF_IDS.map((id) => findPublishedTariff(id)!);
}

export function findPublishedTariff(id: string): PublishedTariff | null {
  const known = parsed.get(id);
  if (known) return known;
  const at = PUBLISHED_TARIFF_IDS.indexOf(id);
  if (at < 0) return null;
  const found = { id, ...tariff.parse(file[at]) };
  parsed.set(id, found);
  return found;
}
