import { describe, expect, it } from "vitest";
import { findPublishedTariff } from "../published/published-tariffs.ts";
import { tariff } from "../schema.ts";
import { checkPeriods } from "./check-periods.ts";
import { cellIndex, energyByQuarter, toHourly } from "./price-tables.ts";
import { previewBill } from "./preview-bill.ts";
import { tariffKind } from "./tariff-kind.ts";
import { monthWords, windowWords } from "./window-words.ts";
import { cellsOf, type DayChoice, quarterCell, windowsOf } from "./windows.ts";

const YEAR = Array.from({ length: 12 }, (_, month) => month + 1);
const period = (label: string, from: string, to: string, more: { months?: number[]; days?: DayChoice } = {}) => ({
  ...{ label, months: YEAR, days: "all" as DayChoice, from, to, ...more },
});
const messagesOf = (periods: Parameters<typeof checkPeriods>[0]) =>
  checkPeriods(periods, { isComplete: true }).map(({ message }) => message);

describe("windows", () => {
  it("go past midnight, and may be the whole day", () => {
    expect(cellsOf(period("", "23:30", "00:30", { months: [2], days: "weekend" }))).toEqual(
      [0, 1, 94, 95].map((quarter) => quarterCell(1, 1, quarter)),
    );
    for (const to of ["24:00", "00:00"]) expect(cellsOf(period("", "00:00", to))).toHaveLength(2 * 12 * 96);
  });

  it("are found again as they were", () => {
    const windows = [
      { months: [6, 7], days: "weekday" as const, from: "16:00", to: "21:00" },
      { months: [11, 12], days: "all" as const, from: "21:30", to: "08:30" },
    ];
    const cells = windows.map((window) => new Set(cellsOf(window)));
    const found = windowsOf((cell) => {
      const at = cells.findIndex((set) => set.has(cell));
      return at < 0 ? null : at;
    });
    expect(found.map(({ kind, ...window }) => [kind, window])).toEqual([
      [0, windows[0]],
      [1, windows[1]],
    ]);
  });

  it("are said in words", () => {
    expect(monthWords([11, 12, 1, 2])).toBe("November to February");
    expect(monthWords([1, 3, 4, 12])).toBe("March to April and December to January");
    expect(monthWords([5])).toBe("May");
    expect(windowWords(period("", "00:00", "24:00"))).toBe("all year, all days, all day");
  });
});

describe("a list of periods", () => {
  it("says which months, days and hours have no price", () => {
    const months = [5, 6, 7, 8, 9];
    expect(messagesOf([period("Night", "21:00", "16:00"), period("Peak", "16:00", "20:30", { months })])).toEqual([
      "No price: October to April, all days, 16:00 to 21:00.",
      "No price: May to September, all days, 20:30 to 21:00.",
    ]);
  });

  it("says which rows overlap, and where", () => {
    const rows = [period("All", "00:00", "24:00"), period("Peak", "16:00", "21:00", { months: [7], days: "weekday" })];
    expect(messagesOf(rows)).toEqual(["“All” (row 1) and “Peak” (row 2) overlap: July, weekdays, 16:00 to 21:00."]);
    expect(messagesOf([period("All", "00:00", "24:00")])).toEqual([]);
  });

  it("makes a tariff that is refused with these words", () => {
    const energyPeriods = [{ ...period("Night", "21:00", "16:00"), usdPerKwh: 0.1 }];
    expect(tariff.safeParse({ name: "T", energyPeriods }).error?.issues.map(({ message }) => message)).toEqual([
      "No price: all year, all days, 16:00 to 21:00.",
    ]);
  });
});

describe("price tables", () => {
  it("average an hour that has two prices, and keep others exactly", () => {
    const e19 = findPublishedTariff("PGEe19")!;
    const { energyUsdPerKwh } = toHourly(e19);
    expect(energyUsdPerKwh[cellIndex(0, 0, 8)]).toBeCloseTo((0.09082 + 0.12236) / 2, 12);
    expect(energyUsdPerKwh[cellIndex(1, 11, 12)]).toBe(0.16997);
    expect(energyByQuarter([])[0]).toBeNaN();
  });
});

describe("a bill of a steady load", () => {
  it("is worked by hand: energy by the kind of day, each demand window once, fixed charges by their unit", () => {
    const e19 = findPublishedTariff("pge-e-19-tou")!;
    const bills = previewBill(e19, { energyKwhPerDay: 60, from: "10:00", to: "16:00" });
    const july = bills[6]!;
    const weekday = 10 * (2 * 0.12258 + 4 * 0.17028);
    expect(july.energyUsd).toBeCloseTo(31 * ((5 / 7) * weekday + (2 / 7) * 60 * 0.09099), 9);
    expect(july.demandUsd).toBeCloseTo(10 * (19.73 + 5.99 + 21.62), 9);
    expect(july.fixedUsd).toBeCloseTo(31 * (23.65503 + 4.59959), 9);
  });

  it("takes as many blocks of a subscription as the power needs", () => {
    const [january] = previewBill(findPublishedTariff("PGEcev")!, { energyKwhPerDay: 102, from: "22:00", to: "00:00" });
    expect(january!.fixedUsd).toBeCloseTo(2 * 183.86, 9);
  });
});

it("names the kind of a tariff", () => {
  const kinds = ["SDGEmedian", "pge-a-10-tou", "pge-e-19-tou", "PGEcev"].map((id) =>
    tariffKind(findPublishedTariff(id)!),
  );
  expect(kinds).toEqual([
    "Time of use",
    "Time of use, demand charge",
    "Time of use, demand charges",
    "Time of use, subscription",
  ]);
});
