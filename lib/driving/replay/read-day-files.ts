import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AppError } from "#lib/errors";
import { POSTED_RECORDS_MAX, rowsOfCsv } from "../core/posted-rows.ts";

const isDayFile = (name: string) => /^detail_record_\d{4}_\d{2}_\d{2}/.test(name);

/** The rows of all day files of a folder (plain or .gz), in the order in which they were delivered. */
export function readDayFiles(dir: string): Record<string, string>[] {
  const names = readdirSync(dir).filter(isDayFile).sort();
  if (names.length === 0) {
    throw new AppError("not_found", `There is no detail_record_YYYY_MM_DD… file in ${dir}.`);
  }
  return names.flatMap((name) => {
    const bytes = readFileSync(join(dir, name));
    const lines = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
    const rows: Record<string, string>[] = [];
    for (let i = 0; i < lines.length; i += POSTED_RECORDS_MAX) {
      const part = rowsOfCsv(lines.slice(i, i + POSTED_RECORDS_MAX).join("\n"));
      for (const row of part) rows.push(row as Record<string, string>);
    }
    return rows;
  });
}
