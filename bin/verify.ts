import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { repositoryRoot } from "#lib/stack/repository-root";
import type { VerifierModule } from "../bench/verify/check.ts";

const FAILURES_SHOWN_MAX = 50;

// `npm run verify -- DOMAIN WHAT [--data DIR] [--reference DIR]` compares our numbers with a reference directory.
await runEntry(async () => {
  const options = { data: { type: "string" }, reference: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [domain = "", what = ""] = positionals;
  const loaded: unknown = await import(pathToFileURL(verifierPath(domain, what)).href);
  if (!isVerifier(loaded))
    throw new AppError("invalid_input", `bench/verify/${domain}-${what}.ts exports no verify().`);
  const folder = (given: string | undefined, usual: string) => existing(resolve(given ?? join(repositoryRoot, usual)));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  let passed = 0;
  let failed = 0;
  const dataDir = folder(values.data, `../shared/data/${domain}`);
  const referenceDir = folder(values.reference, `../shared/data/${domain}-reference`);
  for await (const check of loaded.verify({ dataDir, referenceDir, say })) {
    if (check.passed) passed += 1;
    else if (++failed <= FAILURES_SHOWN_MAX) say(`FAIL ${check.name}: ${check.detail}`);
  }
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});

function verifierPath(domain: string, what: string): string {
  const folder = join(repositoryRoot, "bench", "verify");
  const path = join(folder, `${domain}-${what}.ts`);
  if (/^[a-z0-9-]+$/.test(domain) && /^[a-z0-9-]+$/.test(what) && existsSync(path)) return path;
  const names = readdirSync(folder).filter((file) => /^[a-z]+-.*\.ts$/.test(file));
  const list = names.map((file) => file.slice(0, -3).replace("-", " ")).join(", ");
  throw new AppError(
    "invalid_input",
    `Verify what? npm run verify -- DOMAIN WHAT [--data DIR] [--reference DIR]. Known: ${list}.`,
  );
}

function existing(folder: string): string {
  if (existsSync(folder)) return folder;
  throw new AppError("not_found", `There is no folder ${folder}: name it with --data or --reference.`);
}

function isVerifier(value: unknown): value is VerifierModule {
  return typeof value === "object" && value !== null && "verify" in value && typeof value.verify === "function";
}
