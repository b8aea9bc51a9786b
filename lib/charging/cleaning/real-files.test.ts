import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { verify } from "../../../bench/verify/charging-cleaning.ts";

const FOLDER = join(import.meta.dirname, "../../../../shared/data/charging-reference");
const isThere = existsSync(FOLDER);

it.skipIf(!isThere)(`cleans as the original did (skipped without ${FOLDER})`, () => {
  const checks = [...verify({ dataDir: FOLDER, referenceDir: FOLDER, say: () => undefined })];
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(checks.length).toBeGreaterThan(1000);
});
