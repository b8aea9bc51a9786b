import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cellIndex, toHourly } from "../core/price-tables.ts";
import { parseRateCsv } from "../parse/parse-rate-csv.ts";
import { findPublishedTariff, listPublishedTariffs, PUBLISHED_TARIFF_IDS } from "./published-tariffs.ts";

const RATES = join(import.meta.dirname, "../../../../../shared/data/charging/rates");
/** Their files have a weekend price of summer evenings that ours do not. */
const WORKDAYS_ONLY = new Set(["sce-tou-d-prime", "sce-tou-gs-2-d", "sce-tou-gs-3-d", "sce-tou-ev-8"]);

describe("published tariffs", () => {
  it("are complete, and say where they come from and since when they hold", () => {
    for (const { source, effectiveOn, utility } of listPublishedTariffs()) {
      expect([source, utility].every((text) => text !== "")).toBe(true);
      expect(effectiveOn).toMatch(/^2019-/);
    }
    expect(new Set(PUBLISHED_TARIFF_IDS).size).toBe(PUBLISHED_TARIFF_IDS.length);
    expect(findPublishedTariff("none")).toBeNull();
  });

  it.skipIf(!existsSync(RATES)).each([
    ["pge-ev2-a", "PGE Residential EV Rate"],
    ["pge-a-10-tou", "PGE Medium Commercial Rate"],
    ["pge-e-19-tou", "PGE Large Commercial Rate"],
    ["sce-tou-d-prime", "SCE Residential EV Rate"],
    ["sce-tou-gs-2-d", "SCE Medium Commercial Rate"],
    ["sce-tou-gs-3-d", "SCE Large Commercial Rate"],
    ["sce-tou-ev-8", "SCE Commercial EV Rate"],
    ["sdge-ev-tou-5", "SDGE Residential EV Rate"],
    ["sdge-al-tou", "SDGE Commercial Rate"],
    ["SDGEmedian", "SDGE Median"],
  ])("have the prices of the rate files: %s (skipped without ../shared/data/charging)", (id, name) => {
    const path = join(RATES, `${name}.csv`);
    const [ours, theirs] = [findPublishedTariff(id)!, parseRateCsv(readFileSync(path, "utf8"), name)];
    const [a, b] = [toHourly(ours), toHourly(theirs)];
    const cells = [...a.energyUsdPerKwh.keys()].filter(
      (cell) => !WORKDAYS_ONLY.has(id) || cell < cellIndex(1, 0, 0) || cell % 24 < 16 || cell % 24 > 20,
    );
    expect(cells.map((cell) => a.energyUsdPerKwh[cell])).toEqual(cells.map((cell) => b.energyUsdPerKwh[cell]));
    expect(a.demandCharges).toEqual(b.demandCharges);
    expect(ours.fixedCharges.map(({ usd, per }) => [usd, per])).toEqual(
      theirs.fixedCharges.map(({ usd, per }) => [usd, per]),
    );
  });
});
