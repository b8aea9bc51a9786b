import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { makeScratchDir, removeAbandonedScratch } from "./scratch-dir.ts";

test("a folder stays while its process runs and goes with it", async () => {
  const dir = await makeScratchDir();
  try {
    await removeAbandonedScratch((pid) => pid === process.pid);
    expect(existsSync(dir)).toBe(true);
    await removeAbandonedScratch((pid) => pid !== process.pid);
    expect(existsSync(dir)).toBe(false);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
