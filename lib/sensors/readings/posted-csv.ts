import { AppError } from "#lib/errors";
import { CsvParser } from "#lib/tables/csv-parser";
import { memberOf } from "./posted-row.ts";

/**
 * Cuts a posted CSV with a header row into the rows a JSON batch would carry. Comma or semicolon, decided by the header.
 * @throws AppError `invalid_input` when the header names none of the members, or one row has more fields than it.
 */
export function parsePostedCsv(text: string): { observations: Record<string, string>[] } {
  const body = text.replace(/^\uFEFF/, "");
  const firstLine = body.slice(0, body.search(/\r?\n|$/));
  const delimiter = firstLine.includes(";") && !firstLine.includes(",") ? ";" : ",";
  const parser = new CsvParser({ delimiter, quote: '"' });
  const [header, ...rows] = [...parser.push(body), ...parser.end().rows];
  const members = (header ?? []).map((name) => memberOf(name.trim()));
  for (const needed of ["sensor", "observedProperty", "observedAt", "value"] as const) {
    if (members.includes(needed)) continue;
    throw new AppError("invalid_input", `The CSV header names no column for ${needed}.`, {
      fields: [{ pointer: "/", detail: "Columns: sensor, observed_property, observed_at, value and optionally unit" }],
    });
  }
  const filled = rows.filter((fields) => fields.some((field) => field.trim() !== ""));
  return {
    observations: filled.map((fields) =>
      Object.fromEntries(members.flatMap((member, i) => (member === null ? [] : [[member, fields[i] ?? ""]]))),
    ),
  };
}
