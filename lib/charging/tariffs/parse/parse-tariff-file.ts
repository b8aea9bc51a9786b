import { z } from "zod";
import { AppError } from "#lib/errors";
import { type Tariff, tariff } from "../schema.ts";
import { isOpenEi, parseOpenEi } from "./parse-openei.ts";
import { parseRateCsv } from "./parse-rate-csv.ts";

const listOfOne = z.object({ items: z.array(z.unknown()) });

/**
 * Reads a tariff from a file: our own JSON, a rate of OpenEI's database, or the CSV of a cost-benefit case.
 * @throws AppError `unprocessable` that names the place in the file.
 */
export function parseTariffFile(text: string, fileName: string): Tariff {
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (!/^[[{]/.test(start)) return checkTariff(parseRateCsv(text, fileName), fileName);
  const value = onlyOne(parseJson(start, fileName), fileName);
  return checkTariff(isOpenEi(value) ? parseOpenEi(value, fileName) : value, fileName);
}

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "";
    throw new AppError("unprocessable", `${fileName} is no JSON: ${why}.`, { cause });
  }
}

/** The API of OpenEI answers with a list; a file must name one tariff. */
function onlyOne(value: unknown, fileName: string): unknown {
  const wrapped = listOfOne.safeParse(value);
  const list = wrapped.success ? wrapped.data.items : Array.isArray(value) ? (value as unknown[]) : [value];
  if (list.length === 1) return list[0];
  throw new AppError("unprocessable", `${fileName} has ${list.length} tariffs. Import one at a time.`);
}

function checkTariff(value: unknown, fileName: string): Tariff {
  const outcome = tariff.safeParse(value);
  if (outcome.success) return outcome.data;
  const shown = outcome.error.issues.slice(0, 3).map(({ path, message }) => `${path.join("/")}: ${message}`);
  throw new AppError("unprocessable", `${fileName}, ${shown.join(" ")}`);
}
