import { readdir } from "node:fs/promises";
import { join } from "node:path";

const ROOT = "app/api/v1";
/** The document itself stays out: it would import itself. */
const OWN = "openapi.json";

/** Folders below app/api/v1 that hold a route, sorted. */
async function routeFolders(root: string): Promise<string[]> {
  const entries = await readdir(join(root, ROOT), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name === "route.ts")
    .map((entry) => entry.parentPath.replaceAll("\\", "/").split(`${ROOT}/`)[1] ?? "")
    .filter((folder) => folder !== "" && folder !== OWN)
    .sort();
}

/**
 * The text of `route-modules.ts`, the list of every route module. It is written to a file because a bundler cannot
 * follow a folder listing; a test keeps it in step with the folders.
 */
export async function routeModulesSource(repositoryRoot: string): Promise<string> {
  const folders = await routeFolders(repositoryRoot);
  const imports = folders.map((folder, index) => `import * as route${index} from "../${folder}/route.ts";`);
  const entries = folders.map((folder, index) => `  { path: "/${folder}", methods: route${index} },`);
  return [
    "// Written by bin/list-routes.ts. Run it again after adding or removing a route.",
    ...imports,
    "",
    "/** Every route below /api/v1: its folder and what its module exports. */",
    "export const ROUTE_MODULES: readonly { path: string; methods: Readonly<Record<string, unknown>> }[] = [",
    ...entries,
    "];",
    "",
  ].join("\n");
}
