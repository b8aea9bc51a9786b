import { AppError } from "#lib/errors";
import { CsvParser } from "#lib/tables/csv-parser";
import type { Cell, LooseRow, TableKind } from "../schema.ts";
import { TABLES, type TableColumn } from "./table-kinds.ts";

/**
 * Rows of a file: CSV (comma, semicolon or tab) with a header, or a JSON list. Columns are found by name, whatever
 * their order and case; others are left out.
 * @throws AppError `unprocessable` naming the column that is missing, or what is no JSON.
 */
export function parseTable(kind: TableKind, text: string, fileName: string): LooseRow[] {
  const content = text.replace(/^\uFEFF/, "");
  return /^\s*[[{]/.test(content) ? rowsOfJson(kind, content, fileName) : rowsOfCsv(kind, content, fileName);
}

function rowsOfCsv(kind: TableKind, text: string, fileName: string): LooseRow[] {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = [";", "\t"].find((mark) => firstLine.includes(mark)) ?? ",";
  const parser = new CsvParser({ delimiter, quote: '"' });
  const [header = [], ...lines] = [...parser.push(text), ...parser.end().rows];
  const at = findColumns(kind, header, fileName);
  return lines
    .filter((line) => line.some((cell) => cell.trim() !== ""))
    .map((line) => Object.fromEntries(at.map(([column, index]) => [column.key, readCell(column, line[index])])));
}

function rowsOfJson(kind: TableKind, text: string, fileName: string): LooseRow[] {
  const list = listIn(text, fileName);
  return list.map((entry, row) => {
    if (typeof entry !== "object" || entry === null) {
      throw new AppError("unprocessable", `${fileName}, row ${row + 1}: expected an object such as {"year": 2030}.`);
    }
    const names = Object.keys(entry);
    return Object.fromEntries(
      findColumns(kind, names, `${fileName}, row ${row + 1}`).map(([column, index]) => {
        const value: unknown = Reflect.get(entry, names[index]!);
        return [column.key, typeof value === "number" ? value : readCell(column, textOf(value))];
      }),
    );
  });
}

function listIn(text: string, fileName: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("unprocessable", `${fileName} is no JSON. Save it again as JSON or CSV.`, { cause });
  }
  const inner: unknown = typeof value === "object" && value !== null && "rows" in value ? value.rows : value;
  if (Array.isArray(inner)) return inner;
  throw new AppError("unprocessable", `${fileName} has no list of rows.`);
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** The columns that are there with their position; all but those that may stay empty must be. */
function findColumns(kind: TableKind, header: readonly string[], where: string): [TableColumn, number][] {
  const names = header.map((name) => name.trim().toLowerCase());
  const found = TABLES[kind].columns.map((column): [TableColumn, number] => {
    const known = [column.key.toLowerCase(), column.label.toLowerCase(), ...column.aliases];
    return [column, names.findIndex((name) => known.includes(name))];
  });
  const missing = found.filter(([{ key }, index]) => index < 0 && !OPTIONAL.has(key));
  const hasAmount = found.some(([{ key }, index]) => index >= 0 && AMOUNTS.has(key));
  if (missing.length === 0 && hasAmount) return found.filter(([, index]) => index >= 0);
  const needed = missing.length > 0 ? missing.map(([column]) => column) : TABLES[kind].columns.slice(-2);
  const words = needed.map(({ label, key }) => `“${label}” (${key})`).join(" and ");
  throw new AppError("unprocessable", `${where} has no column ${words}. It has ${header.join(", ")}.`);
}

const AMOUNTS = new Set(["evCount", "shareFraction", "portCount"]);
const OPTIONAL = new Set(["level", "evCount", "shareFraction"]);

function readCell(column: TableColumn, raw: string | undefined): Cell {
  const text = (raw ?? "").trim();
  if (text === "") return null;
  if (!column.isNumber) return optionOf(column, text);
  const number = Number(text.replaceAll(/(?<=\d),(?=\d{3}\b)/g, ""));
  return Number.isFinite(number) ? number : text;
}

/** "l2" and "level 2" are L2. */
function optionOf({ options }: TableColumn, text: string): string {
  if (!options) return text;
  const plain = text.toLowerCase().replace(/^level\s*/, "l");
  if (/^(dc|dcfc|dc fast.*|fast|l3)$/.test(plain)) return "DC fast";
  return options.find((option) => option.toLowerCase() === plain) ?? text;
}
