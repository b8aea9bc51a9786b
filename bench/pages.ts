import type { Page } from "@playwright/test";
import { systemContext } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { quantile } from "#lib/math/quantile";
import { inPortalPage, untilIdle } from "./portal-page.ts";
import { addSensors, addSeries } from "./scratch-data.ts";

const SENSORS = 10_000;
const POINTS = 1_000_000;
const MINUTE_MS = 60_000;
const ROUNDS = 9;
const PAN_STEPS = 90;
const QUIET_MS = 400;

interface Seen {
  drawnMs: number;
  /** Every drawing, a few milliseconds apart. */
  drawsMs: number[];
}

/** Notes when the page drew on a canvas. */
function watchPage(): void {
  const seen: Seen = { drawnMs: 0, drawsMs: [] };
  Object.assign(window, { seen });
  for (const name of ["stroke", "fill", "drawImage", "putImageData"] as const) {
    const draw = Reflect.get(CanvasRenderingContext2D.prototype, name) as (...args: unknown[]) => void;
    Object.assign(CanvasRenderingContext2D.prototype, {
      [name](this: CanvasRenderingContext2D, ...args: unknown[]) {
        seen.drawnMs = performance.now();
        if (seen.drawnMs - (seen.drawsMs.at(-1) ?? 0) > 2) seen.drawsMs.push(seen.drawnMs);
        draw.apply(this, args);
      },
    });
  }
}

/**
 * The two pages whose speed people feel, in real Chromium on the production build: the map of 10,000 sensors (address
 * entered to points painted, then dragged) and a chart of a million values (range chosen to chart drawn and idle).
 */
export async function run(): Promise<Record<string, unknown>> {
  let sensorId = "";
  const prepare = async () => {
    sensorId = await fill();
  };
  return inPortalPage(prepare, async (page) => {
    await page.addInitScript(watchPage);
    const chart = await measureChart(page, sensorId);
    return { chart, map: await measureMap(page) };
  });
}

/** Waits until the demo network is in (its import would take the processor), then adds to it. */
async function fill(): Promise<string> {
  const workspace = await systemDb().workspace.findFirstOrThrow({ where: { slug: "demo" } });
  await untilIdle(workspace.id);
  const ctx = systemContext(workspace.id, "bench", new Date());
  await addSensors(ctx, SENSORS);
  const startMs = Date.UTC(2024, 0, 1);
  const id = await addSeries(ctx, { pointCount: POINTS, startMs, stepMs: MINUTE_MS });
  await systemDb().$executeRawUnsafe("analyze observations, observation_rollups");
  await untilIdle(workspace.id);
  return id;
}

const seenBy = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen);

/** Waits until nothing was drawn for a while and answers when the last stroke was. */
async function lastDrawn(page: Page, afterMs: number): Promise<number> {
  for (;;) {
    await page.waitForTimeout(QUIET_MS);
    const { drawnMs } = await seenBy(page);
    const nowMs = await page.evaluate(() => performance.now());
    if (drawnMs > afterMs && nowMs - drawnMs > QUIET_MS) return drawnMs;
  }
}

async function measureChart(page: Page, sensorId: string): Promise<Record<string, number>> {
  const pressToDrawnMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // A page of its own each time, so that no cache of the last one answers.
    await page.goto(`/sensors/${sensorId}?range=24h`);
    await lastDrawn(page, 0);
    const pressedMs = await page.evaluate(() => {
      const all = [...document.querySelectorAll("button")].find((button) => button.textContent === "all");
      all?.click();
      return performance.now();
    });
    pressToDrawnMs.push((await lastDrawn(page, pressedMs)) - pressedMs);
  }
  return { points: POINTS, rounds: ROUNDS, ...spread("requestToDrawnMs", pressToDrawnMs) };
}

async function measureMap(page: Page): Promise<Record<string, number>> {
  const firstPaintMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto("/sensors");
    await lastDrawn(page, 0);
    firstPaintMs.push(await pointsPainted(page));
  }
  const pan = await measurePan(page);
  return { sensors: SENSORS, rounds: ROUNDS, ...spread("firstPaintMs", firstPaintMs), ...pan };
}

/** The first drawing after the sensors of the viewport had come. */
async function pointsPainted(page: Page): Promise<number> {
  const { drawsMs } = await seenBy(page);
  const answeredMs = await page.evaluate(
    () =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry.name.includes("/sensors/map?"))
        .map((entry) => (entry as PerformanceResourceTiming).responseEnd)[0] ?? Infinity,
  );
  return drawsMs.find((at) => at >= answeredMs) ?? NaN;
}

/** Drags the map to and fro; times between frames, and what the page's own thread works per frame. */
async function measurePan(page: Page): Promise<Record<string, number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const busyS = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
  };
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    const note = (at: number) => {
      frames.push(at);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await page.mouse.move(800, 450);
  await page.mouse.down();
  const before = { busyS: await busyS(), frames: await framesOf(page) };
  for (let step = 0; step < PAN_STEPS; step += 1) {
    await page.mouse.move(800 + 300 * Math.sin(step / 12), 450 + 120 * Math.sin(step / 7));
    await page.waitForTimeout(8);
  }
  const after = { busyS: await busyS(), frames: await framesOf(page) };
  await page.mouse.up();
  const frames = after.frames.slice(before.frames.length);
  const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
  const workMs = ((after.busyS - before.busyS) * 1000) / Math.max(1, frames.length);
  return { ...spread("panFrameMs", gaps), panWorkPerFrameMs: round(workMs), panFrames: frames.length };
}

const framesOf = (page: Page) => page.evaluate(() => [...(window as unknown as { frames: number[] }).frames]);

function spread(name: string, values: readonly number[]): Record<string, number> {
  return { [`${name}P50`]: round(quantile(values, 0.5)), [`${name}P95`]: round(quantile(values, 0.95)) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
