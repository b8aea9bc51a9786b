import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { routeModulesSource } from "#lib/openapi/list-routes";

const root = join(import.meta.dirname, "..");
const path = "app/api/v1/openapi.json/route-modules.ts";
await writeFile(join(root, path), await routeModulesSource(root));
process.stdout.write(`Wrote ${path}.\n`);
