import { AppError } from "#lib/errors";

/** The files of a case, wherever they are: a folder, a zip, a test. */
export interface CaseFiles {
  /** Paths with forward slashes. */
  paths: readonly string[];
  /** Contents; a path ending in .gz comes unpacked. */
  read: (path: string) => Promise<Uint8Array>;
}

/** Files by what they are in a case, with the folder that holds config.csv as its root. */
export class CaseFolder {
  readonly #files: CaseFiles;
  readonly #root: string;

  constructor(files: CaseFiles, root: string) {
    this.#files = files;
    this.#root = root;
  }

  /** The path of `name` (without .csv) in the case, plain or packed. */
  find(name: string): string | undefined {
    return this.#files.paths.find(
      (path) => path === `${this.#root}${name}.csv` || path === `${this.#root}${name}.csv.gz`,
    );
  }

  /** Names (without .csv or .gz) of the tables in a folder of the case. */
  list(folder: string): string[] {
    const prefix = `${this.#root}${folder}/`;
    const inside = this.#files.paths.filter((path) => path.startsWith(prefix) && /\.csv(\.gz)?$/.test(path));
    return inside.map((path) => path.slice(prefix.length).replace(/\.csv(\.gz)?$/, ""));
  }

  async read(name: string): Promise<{ bytes: Uint8Array; fileName: string }> {
    const path = this.find(name);
    if (path !== undefined) return { bytes: await this.#files.read(path), fileName: path.slice(this.#root.length) };
    throw new AppError("unprocessable", `The case has no file ${name}.csv. Add it, plain or packed as .csv.gz.`);
  }

  async readText(name: string): Promise<{ text: string; fileName: string }> {
    const { bytes, fileName } = await this.read(name);
    return { text: new TextDecoder().decode(bytes), fileName };
  }

  /** Tariff files: those in a folder `rates`, beside the case or in it. */
  rates(): Map<string, string> {
    const entries = this.#files.paths.flatMap((path) => {
      const name = /(?:^|\/)rates\/([^/]+)\.csv$/.exec(path)?.[1];
      return name === undefined ? [] : [[name, path] as const];
    });
    return new Map(entries);
  }

  async readPath(path: string): Promise<string> {
    return new TextDecoder().decode(await this.#files.read(path));
  }
}

/** Case folders among the files: where a config.csv stands. */
export function listCaseRoots({ paths }: CaseFiles): string[] {
  return paths.filter((path) => /(^|\/)config\.csv$/.test(path)).map((path) => path.slice(0, -"config.csv".length));
}

/** Names of the controls that a case has assignments for; "" when its files have no suffix. */
export function listControls({ paths }: CaseFiles, root: string): string[] {
  const pattern = /^charger_assignments(?:_(.+))?\.csv$/;
  const inside = paths.filter((path) => path.startsWith(root)).map((path) => path.slice(root.length));
  return inside.flatMap((name) => {
    const match = pattern.exec(name);
    return match ? [match[1] ?? ""] : [];
  });
}
