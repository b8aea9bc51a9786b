import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { repositoryRoot } from "#lib/stack/repository-root";

interface Benchmark {
  /** `dataDir`: absolute folder given with --data. `args`: what follows the name. Returns figures with units in names. */
  run: (request: { dataDir: string | undefined; args: string[] }) => Promise<Record<string, unknown>>;
}

// `npm run bench -- NAME [--data DIR] [arguments]` prints one JSON object of figures.
await runEntry(async () => {
  const { values, positionals } = parseArgs({ options: { data: { type: "string" } }, allowPositionals: true });
  const [name, ...args] = positionals;
  const loaded: unknown = await import(pathToFileURL(benchmarkPath(name)).href);
  if (!isBenchmark(loaded)) throw new AppError("invalid_input", `bench/${name}.ts exports no run().`);
  const figures = await loaded.run({ dataDir: values.data ? resolve(values.data) : undefined, args });
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
});

function benchmarkPath(name: string | undefined): string {
  const folder = join(repositoryRoot, "bench");
  const path = join(folder, `${name ?? ""}.ts`);
  if (name && /^[a-z0-9-]+$/.test(name) && existsSync(path)) return path;
  const names = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const list = names.map((file) => file.slice(0, -3)).join(", ") || "there is none yet";
  throw new AppError("invalid_input", `Which benchmark? npm run bench -- NAME [--data DIR]. Known: ${list}.`);
}

function isBenchmark(value: unknown): value is Benchmark {
  return typeof value === "object" && value !== null && "run" in value && typeof value.run === "function";
}
