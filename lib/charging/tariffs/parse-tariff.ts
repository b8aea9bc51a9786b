import { AppError } from "#lib/errors";
import { CELL_COUNT, cellIndex, type DemandCharge, type Tariff } from "./tariff.ts";

const BREAK = "~~~BREAK~~~";
const MONTHS = 12;
const FIRST_MONTH_COLUMN = 3;

/**
 * Reads a tariff file: attributes on top, then sections between breaks. `energy_charge` and `demand_charge` have one
 * row per component, day type and hour (1 to 24) with twelve months.
 * @throws AppError `unprocessable` naming the file and the row.
 */
export function parseTariff(text: string, fileName: string): Tariff {
  const rows = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.trim()));
  const energy = readSection(rows, "energy_charge", fileName);
  const demand = readSection(rows, "demand_charge", fileName);
  const energyUsdPerKwh = new Float64Array(CELL_COUNT);
  for (const prices of energy.values()) prices.forEach((price, cell) => (energyUsdPerKwh[cell]! += price));
  const demandCharges: DemandCharge[] = [...demand]
    .filter(([, prices]) => prices.some((price) => price !== 0))
    .map(([component, usdPerKw]) => ({ component, usdPerKw }));
  const [fixed, fixedUnit] = attributeOf(rows, "fixed_monthly_charges", fileName);
  const [meterUsdPerDay] = attributeOf(rows, "meter_day_charge", fileName);
  return {
    name: textOf(rows, "name") ?? fileName,
    description: textOf(rows, "description") ?? "",
    energyUsdPerKwh,
    demandCharges,
    fixedCharge: { usdPerMeter: fixed, per: /day/i.test(fixedUnit) ? "day" : "month" },
    meterUsdPerDay,
  };
}

type Rows = readonly (readonly string[])[];

function textOf(rows: Rows, attribute: string): string | undefined {
  return rows.find(([name]) => name === attribute)?.[1];
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
