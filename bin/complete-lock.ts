import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { completeLockFile, findMissingPackages, lockFile } from "#lib/stack/lock-file";
import { repositoryRoot } from "#lib/stack/repository-root";

// Run after each change of dependencies; `--check` only looks and fails when something is missing.
await runEntry(async () => {
  const path = join(repositoryRoot, "package-lock.json");
  const text = readFileSync(path, "utf8");
  const missing = findMissingPackages(lockFile.parse(JSON.parse(text)));
  if (missing.length === 0) {
    process.stdout.write("package-lock.json is complete.\n");
    return;
  }
  const names = missing.map(({ at }) => at.replace(/^.*node_modules\//, ""));
  if (process.argv.includes("--check")) {
    const list = `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
    throw new AppError(
      "conflict",
      `package-lock.json lacks ${names.length} packages of other platforms (${list}). Run: npm run lock`,
    );
  }
  const completed = completeLockFile(text);
  keepInstallStamp(text, completed);
  writeFileSync(path, completed);
  process.stdout.write(`Added ${names.length} packages of other platforms to package-lock.json.\n`);
});

/** Nothing to install changes on this machine, so the next command need not install again. */
function keepInstallStamp(before: string, after: string): void {
  const stamp = join(repositoryRoot, "node_modules", ".fieldport-installed");
  const digest = (text: string) => createHash("sha256").update(text).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8").trim() === digest(before))
    writeFileSync(stamp, `${digest(after)}\n`);
}
