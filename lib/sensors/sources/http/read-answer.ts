import Papa from "papaparse";
import { AppError } from "#lib/errors";
import type { HttpConfig } from "../schema.ts";
import { readPath } from "./read-path.ts";

export interface HttpPage {
  /** One element per record: reads a field of it. */
  rows: ((field: string) => unknown)[];
  /** What the answer names as its next page. */
  next: unknown;
}

/** The records of an answer. Throws a plain error for text that is not what it should be: it is asked for again. */
export function readAnswer(text: string, config: HttpConfig): HttpPage {
  if (config.format === "csv") return { rows: csvRows(text, config), next: undefined };
  const answer: unknown = JSON.parse(text);
  const found = readPath(answer, config.rowsPath);
  const records = config.rowsPath === "" && Array.isArray(answer) ? (answer as unknown[]) : found;
  return {
    rows: records.map((record) => (field: string) => readPath(record, field)[0]),
    next: config.nextPath === "" ? undefined : readPath(answer, config.nextPath)[0],
  };
}

function csvRows(text: string, config: HttpConfig): HttpPage["rows"] {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: "greedy" });
  const columns = meta.fields ?? [];
  const missing = [config.timeField, ...config.properties.map(({ field }) => field)].find(
    (name) => !columns.includes(name),
  );
  if (missing !== undefined && text.trim() !== "") {
    throw new AppError(
      "unprocessable",
      `The answer has no column "${missing}"; it has ${columns.slice(0, 20).join(", ")}. Change the pipeline's settings.`,
    );
  }
  return data.map((record) => (field: string) => record[field]);
}
