import { AppError } from "#lib/errors";
import { periodsOfTable } from "../core/periods-of-table.ts";
import { CELL_COUNT, cellIndex } from "../core/price-tables.ts";
import type { DemandCharge, FixedCharge, Tariff } from "../schema.ts";

const BREAK = "~~~BREAK~~~";
const MONTHS = 12;
const FIRST_MONTH_COLUMN = 3;
const DEMAND_LABELS = ["Month's maximum", "Peak", "Part-peak 1", "Part-peak 2", "Additional"];
const MAXIMUM_COMPONENT = 1;

/**
 * Reads a tariff file: attributes on top, then sections between breaks. `energy_charge` and `demand_charge` have one
 * row per component, day type and hour (1 to 24) with twelve months.
 * @throws AppError `unprocessable` naming the file and the row.
 */
export function parseRateCsv(text: string, fileName: string): Tariff {
  const rows = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.trim()));
  const energy = readSection(rows, "energy_charge", fileName);
  const demand = readSection(rows, "demand_charge", fileName);
  const sum = new Float64Array(CELL_COUNT);
  for (const prices of energy.values()) prices.forEach((price, cell) => (sum[cell]! += price));
  const description = textOf(rows, "description") ?? "";
  return {
    name: textOf(rows, "name") ?? fileName,
    utility: "",
    description,
    source: fileName,
    effectiveOn: dateIn(description),
    currency: "USD",
    energyPeriods: periodsOfTable(sum, () => true).map(({ price, ...period }) => ({ ...period, usdPerKwh: price })),
    demandCharges: [...demand].flatMap(([component, prices]) => demandOf(component, prices)),
    fixedCharges: readFixed(rows, fileName),
    subscription: null,
  };
}

function demandOf(component: number, prices: Float64Array): DemandCharge[] {
  const periods = periodsOfTable(prices, (price) => price !== 0);
  if (periods.length === 0) return [];
  return [
    {
      label: DEMAND_LABELS[component - 1] ?? `Component ${component}`,
      basis: component === MAXIMUM_COMPONENT ? "maximum" : "window",
      periods: periods.map(({ price, ...period }) => ({ ...period, usdPerKw: price })),
    },
  ];
}

function readFixed(rows: Rows, fileName: string): FixedCharge[] {
  const [customerUsd, unit] = attributeOf(rows, "fixed_monthly_charges", fileName);
  const [meterUsd] = attributeOf(rows, "meter_day_charge", fileName);
  const charges: FixedCharge[] = [
    { label: "Customer", usd: customerUsd, per: /day/i.test(unit) ? "day" : "month", basis: "customer" },
    { label: "Meter", usd: meterUsd, per: "day", basis: "meter" },
  ];
  return charges.filter(({ usd }) => usd !== 0);
}

type Rows = readonly (readonly string[])[];

function textOf(rows: Rows, attribute: string): string | undefined {
  return rows.find(([name]) => name === attribute)?.[1];
}

/** "Effective 11/11/2019", month first. */
function dateIn(text: string): string | null {
  const [, month, day, year] = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text) ?? [];
  if (!year || !month || !day) return null;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return Number.isNaN(Date.parse(date)) ? null : date;
}

function attributeOf(rows: Rows, attribute: string, fileName: string): [value: number, unit: string] {
  const row = rows.find(([name]) => name === attribute);
  const value = Number(row?.[1] ?? "");
  if (Number.isFinite(value)) return [value, row?.[2] ?? ""];
  throw new AppError("unprocessable", `${fileName}: ${attribute} is "${row?.[1] ?? ""}", which is not a number.`);
}

function readSection(rows: Rows, title: string, fileName: string): Map<number, Float64Array> {
  const start = rows.findIndex(([name]) => name === title);
  if (start < 0) {
    throw new AppError("unprocessable", `${fileName} has no section "${title}", so it is not a complete tariff file.`);
  }
  const components = new Map<number, Float64Array>();
  for (let at = start + 2; at < rows.length; at++) {
    const row = rows[at]!;
    if (row[0] === BREAK) break;
    if (row.every((cell) => cell === "")) continue;
    readRow({ row, at, fileName }, components);
  }
  return components;
}

function readRow(of: { row: readonly string[]; at: number; fileName: string }, into: Map<number, Float64Array>): void {
  const { row, at, fileName } = of;
  const [component, dayType, hour] = [Number(row[0]), row[1]?.toLowerCase(), Number(row[2])];
  const isWorkday = dayType === "workday";
  if (!Number.isInteger(component) || !(hour >= 1 && hour <= 24) || !(isWorkday || dayType === "non-workday")) {
    const expected = "component, workday or non-workday, hour 1 to 24, twelve prices";
    throw new AppError("unprocessable", `${fileName}, row ${at + 1}: expected ${expected}.`);
  }
  const prices = into.get(component) ?? new Float64Array(CELL_COUNT);
  into.set(component, prices);
  for (let month = 0; month < MONTHS; month++) {
    const text = row[FIRST_MONTH_COLUMN + month] ?? "";
    const price = Number(text);
    if (!Number.isFinite(price)) {
      throw new AppError("unprocessable", `${fileName}, row ${at + 1}: "${text}" is not a price.`);
    }
    prices[cellIndex(isWorkday ? 0 : 1, month, hour - 1)] = price;
  }
}
