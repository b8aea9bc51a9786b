import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type CaseFiles, listControls } from "#lib/charging/cost-benefit/case-files/case-files";
import { AppError } from "#lib/errors";

const unpack = promisify(gunzip);

/** Every file under a case folder, and the tariffs of the `rates` folder of the data, as one set of files. */
export function openCaseFolder(dataDir: string, name: string): CaseFiles {
  const caseDir = join(dataDir, "cba", name);
  const folders = { [`${name}/`]: caseDir, "rates/": join(dataDir, "rates") };
  const paths = new Map<string, string>();
  for (const [prefix, folder] of Object.entries(folders)) {
    for (const path of filesUnder(folder)) paths.set(prefix + path, join(folder, path));
  }
  return {
    paths: [...paths.keys()],
    read: async (path) => {
      const bytes = await readFile(paths.get(path)!);
      return path.endsWith(".gz") ? unpack(bytes, { chunkSize: 4 * 1024 * 1024 }) : bytes;
    },
  };
}

export function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll("\\", "/"),
  );
}

export function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** A reference table: first cell of a row to its numbers; empty cells are left out. */
export function readReference(path: string): { years: number[]; rows: { name: string; values: number[] }[] } {
  const [header = "", ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const rows = lines.map((line) => {
    const [name = "", ...cells] = line.split(",");
    return { name, values: cells.filter((cell) => cell.trim() !== "").map(Number) };
  });
  return { years: header.split(",").slice(1).map(Number), rows };
}

/** The first complete case of the data, or the wanted `<case>_<control>`. */
export function pickCase(
  data: string,
  wanted: string | undefined,
): { name: string; control: string; files: CaseFiles } {
  for (const name of foldersIn(join(data, "cba"))) {
    const files = openCaseFolder(data, name);
    const controls = files.paths.some((path) => path.startsWith(`${name}/load_profiles/`))
      ? listControls(files, `${name}/`)
      : [];
    const control = controls.find((one) => wanted === undefined || `${name}_${one}` === wanted);
    if (control !== undefined) return { name, control, files };
  }
  throw new AppError("not_found", `There is no ${wanted ?? "complete case"} under ${data}/cba.`);
}
