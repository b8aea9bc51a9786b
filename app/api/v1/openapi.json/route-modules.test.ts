import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { routeModulesSource } from "#lib/openapi/list-routes";

test("the list of routes names every route below app/api/v1 (if not: node bin/list-routes.ts)", async () => {
  const root = join(import.meta.dirname, "../../../..");
  const written = await readFile(join(import.meta.dirname, "route-modules.ts"), "utf8");
  expect(written).toBe(await routeModulesSource(root));
});
