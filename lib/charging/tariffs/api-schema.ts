import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { tariff } from "./schema.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());

export const tariffsQuery = pageQuery.extend({
  archived: z.stringbool().default(false).meta({ description: "true: the archived ones instead" }),
});
export type TariffsQuery = z.output<typeof tariffsQuery>;

export const tariffSummary = z.object({
  id: z.string().meta({ description: "Of this version; it never changes. A name for those that come with the portal" }),
  lineageId: z.string().meta({ description: "The same for all versions" }),
  version: z.int(),
  name: z.string(),
  utility: z.string(),
  source: z.string(),
  effectiveOn: z.string().nullable(),
  kind: z.string(),
  origin: z.enum(["workspace", "published"]),
  createdByLabel: z.string().nullable(),
  createdAt: instant.nullable(),
  archivedAt: instant.nullable(),
});
export type TariffSummary = z.output<typeof tariffSummary>;
export type TariffSummaryRow = z.input<typeof tariffSummary>;

export const tariffDetail = tariffSummary.extend({
  tariff,
  sha256: z.string().nullable().meta({ description: "Of the content, as runs that used it name it" }),
  /** The newest first; empty for published ones. */
  versions: z.array(
    z.object({ id: z.uuid(), version: z.int(), createdByLabel: z.string(), createdAt: instant, isNewest: z.boolean() }),
  ),
});
export type TariffDetail = z.output<typeof tariffDetail>;
export type TariffDetailRow = z.input<typeof tariffDetail>;

export const changeTariff = z.object({ archived: z.boolean() });

export const importTariff = z.object({
  fileName: z.string().trim().min(1).max(200),
  text: z.string().min(1).max(1_000_000).meta({
    description: "Our own JSON, a rate of OpenEI's database as JSON, or the CSV of a cost-benefit case",
  }),
});
export type ImportTariff = z.output<typeof importTariff>;
