import { randomBytes } from "node:crypto";
import { loadavg } from "node:os";
import type { CDPSession, Page } from "@playwright/test";
import { systemContext } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { quantile } from "#lib/math/quantile";
import { startApp } from "#lib/runner/service/start-app";
import { makeTestApp, storedUpload } from "#lib/runner/testing/apps";
import { zipOf } from "#lib/runner/testing/zips";
import { inPortalPage, untilIdle } from "./portal-page.ts";

const SECONDS = "60";
const LINES_PER_S = 5_000;
const LOOK_EVERY_S = 10;
const sourceOf = (seconds: number) => `import os, shutil, sys, time
said, began = 0, time.monotonic()
while (spent := time.monotonic() - began) < ${seconds}:
    while said < spent * ${LINES_PER_S}:
        said += 1
        sys.stdout.write(f"{said:8d} river gauge 4711 level 2.41 m, flow 13.2 m3/s\\n")
    sys.stdout.flush()
    time.sleep(0.01)
print("said", said)
shutil.copy(os.environ["FIELDPORT_INPUT"], os.environ["FIELDPORT_OUTPUT"])
`;

/**
 * The page of a run whose app says 5,000 lines a second for a minute (or as many seconds as are asked for), followed in
 * real Chromium on the production build: times between pictures, long tasks, and what the page holds after a collection.
 */
export async function run({ args: [time = SECONDS] }: { args: string[] }): Promise<Record<string, unknown>> {
  const seconds = Number(time);
  let runId = "";
  const prepare = async () => {
    const workspace = await systemDb().workspace.findFirstOrThrow({ where: { slug: "demo" } });
    await untilIdle(workspace.id);
    const ctx = systemContext(workspace.id, "bench", new Date());
    const { id: appId } = await makeTestApp(ctx, { slug: "flood", source: sourceOf(seconds) });
    const { uploadId } = await storedUpload(ctx, await zipOf({ "a.bin": randomBytes(16) }), "job.zip");
    ({ id: runId } = await startApp(ctx, appId, { uploadId, params: {}, recompute: false }));
  };
  return inPortalPage(prepare, async (page) => {
    await page.goto(`/runs/${runId}`);
    await page.getByRole("log", { name: "Run log" }).getByText("river gauge").first().waitFor({ timeout: 30_000 });
    const figures = await follow(page, seconds - LOOK_EVERY_S);
    return { linesPerS: LINES_PER_S, ...figures, loadAverage: round(loadavg()[0] ?? NaN) };
  });
}

async function follow(page: Page, seconds: number): Promise<Record<string, unknown>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  await page.evaluate(watchFrames);
  const heldMb: number[] = [];
  const frames: number[] = [];
  const longTasksMs: number[] = [];
  const framesPerS: number[] = [];
  for (let lookS = 0; lookS < seconds; lookS += LOOK_EVERY_S) {
    await page.waitForTimeout(LOOK_EVERY_S * 1000);
    const seen = await page.evaluate(() => (window as unknown as { takeSeen: () => Seen }).takeSeen());
    frames.push(...seen.framesMs);
    framesPerS.push(round(1000 / mean(seen.framesMs)));
    longTasksMs.push(...seen.longTasksMs);
    heldMb.push(await heldBy(devtools));
    // What collecting took is not the page's doing.
    await page.evaluate(() => (window as unknown as { takeSeen: () => Seen }).takeSeen());
  }
  const rows = await page.getByRole("log", { name: "Run log" }).locator("> div > div > *").count();
  return {
    ...{ frameMsP50: round(quantile(frames, 0.5)), frameMsP95: round(quantile(frames, 0.95)) },
    ...{
      frameMsP99: round(quantile(frames, 0.99)),
      framesPerS: round(1000 / mean(frames)),
      framesPerSBy10S: framesPerS,
    },
    ...{ longTasks: longTasksMs.length, longestTaskMs: round(Math.max(0, ...longTasksMs)), heldMb, rowsDrawn: rows },
  };
}

interface Seen {
  framesMs: number[];
  longTasksMs: number[];
}

/** Notes the times between pictures and tasks of 50 ms or more, until they are taken. */
function watchFrames(): void {
  let seen: Seen = { framesMs: [], longTasksMs: [] };
  let last = performance.now();
  const note = (at: number) => {
    seen.framesMs.push(at - last);
    last = at;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  new PerformanceObserver((list) => {
    seen.longTasksMs.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask" });
  const takeSeen = () => {
    const taken = seen;
    seen = { framesMs: [], longTasksMs: [] };
    return taken;
  };
  Object.assign(window, { takeSeen });
}

/** What the page cannot let go of, MB. */
async function heldBy(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  return round((metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? NaN) / 1e6);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
