import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { verify } from "../../../bench/verify/charging-cba.ts";

/** Cases and the tables that the tool of 2020 made of them; not part of this repository. */
const dataDir = fileURLToPath(new URL("../../../../shared/data/charging", import.meta.url));
const referenceDir = `${dataDir}-reference`;

it.skipIf(!existsSync(dataDir) || !existsSync(referenceDir))(
  "reproduces every reference table to 1e-9 (skipped without ../shared/data/charging)",
  async () => {
    const failed: string[] = [];
    let passed = 0;
    for await (const check of verify({ dataDir, referenceDir, say: () => undefined })) {
      if (check.passed) passed += 1;
      else failed.push(`${check.name}: ${check.detail}`);
    }
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(800);
  },
  60_000,
);
