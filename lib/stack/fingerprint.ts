import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface FingerprintRequest {
  root: string;
  /** Files and folders below `root`; missing ones are part of the fingerprint too. */
  paths: string[];
  /** Path prefixes below `root` that do not count, with "/" between folders. */
  except?: string[];
  /** What else decides the outcome: a version, a mode. */
  salt?: string;
}

/**
 * A digest of names, sizes and change times: reading a tree's directory entries takes milliseconds where reading
 * its contents would take seconds. Tests do not count, they never end up in a build.
 */
export function fingerprint(request: FingerprintRequest): string {
  const hash = createHash("sha256").update(request.salt ?? "");
  for (const path of [...request.paths].sort()) {
    for (const file of filesBelow(join(request.root, path))) {
      const name = relative(request.root, file).replaceAll("\\", "/");
      if (isIrrelevant(name, request.except ?? [])) continue;
      const { size, mtimeMs } = statSync(file);
      hash.update(`${name}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}

/** Whether the stamp file holds this fingerprint. */
export function isStamped(stampPath: string, value: string): boolean {
  return existsSync(stampPath) && readFileSync(stampPath, "utf8").trim() === value;
}

export function writeStamp(stampPath: string, value: string): void {
  writeFileSync(stampPath, `${value}\n`);
}

function isIrrelevant(name: string, except: string[]): boolean {
  return /\.(test|spec)\.tsx?$/.test(name) || except.some((prefix) => name === prefix || name.startsWith(`${prefix}/`));
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
