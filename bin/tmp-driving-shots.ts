import { chromium, type Page } from "@playwright/test";
const BASE = "http://localhost:3390";
const OUT = "/tmp/look/driving";
import { mkdirSync } from "node:fs";
mkdirSync(OUT, { recursive: true });
const only = process.argv[2] ?? "all";
const browser = await chromium.launch({ ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}), args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: "UTC" });
const page = await context.newPage();
page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
page.on("console", (m) => { if (m.type() === "error") console.log("CONSOLE", m.text()); });
await page.goto(`${BASE}/sign-in?next=/driving`);
await page.getByLabel("E-mail").fill("ada@example.org");
await page.getByLabel("Password", { exact: true }).fill("long-enough-password-1");
await page.getByRole("button", { name: "Sign in", exact: true }).click();
await page.getByRole("navigation", { name: "Main" }).first().waitFor();
const posting = await browser.newContext({ storageState: await context.storageState() });
const poster = await posting.newPage();
await poster.goto(`${BASE}/docs/api`);
async function post(rows: unknown[]) {
  for (let i = 0; i < rows.length; i += 5000) {
    const r = await poster.evaluate(async (b) => { const a = await fetch("/api/v1/driving/records", { method: "POST", headers: { "content-type": "application/json" }, body: b }); return [a.status, (await a.text()).slice(0, 120)]; }, JSON.stringify(rows.slice(i, i + 5000)));
    if (r[0] !== 200) console.log("POST", r);
  }
}
async function shoot(name: string, sizes = [[1440, 900], [390, 844]], themes = ["light", "dark"]) {
  for (const [width, height] of sizes as [number, number][]) for (const theme of themes) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme as "light" });
    await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
    await page.waitForTimeout(2200);
    await page.screenshot({ path: `${OUT}/${name}-${width}-${theme}.png` });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
const CITIES = [[-122.33, 47.6], [-122.67, 45.52], [-120.5, 46.6], [-119.28, 47.12], [-122.9, 47.04], [-117.4, 47.66]];
const wall = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
function vehicleAt(i: number, s: number, nowMs: number, speed: number, flags: object = {}) {
  const a = CITIES[i % 6]!, b = CITIES[(i + 1 + (i % 4)) % 6]!;
  const f = ((i * 37) % 100) / 100 + s / 4000;
  const j = (k: number) => (((i * k) % 17) - 8) / 60;
  const deg = (Math.atan2((b[0]! - a[0]!) * 0.69, b[1]! - a[1]!) * 180) / Math.PI;
  return { driverID: `driver-${String(i).padStart(5, "0")}`, carPlateNumber: `WA-${1000 + i}`, Latitude: a[1]! + (b[1]! - a[1]!) * f + j(7), Longitude: a[0]! + (b[0]! - a[0]!) * f + j(11), Speed: Math.round(speed), Direction: Math.round((deg + 360) % 360), Time: wall(nowMs), ...flags };
}
if (only === "all" || only === "empty") { await page.waitForTimeout(2500); await shoot("empty"); }
if (only === "all" || only === "busy") {
  const t0 = Date.now() - 400_000;
  for (let s = 0; s < 400; s += 10) {
    const rows = Array.from({ length: 36 }, (_, i) => vehicleAt(i, s, t0 + s * 1000, 84 + 14 * Math.sin(s / 40 + i) + (i % 3) * 5));
    await post(rows);
  }
  await post([vehicleAt(3, 400, Date.now(), 126, { isOverspeed: 1 }), vehicleAt(8, 400, Date.now(), 131, { isOverspeed: 1 }), vehicleAt(5, 400, Date.now(), 88, { isNeutralSlide: 1 }), vehicleAt(9, 400, Date.now(), 88, { isFatigueDriving: 1 }), vehicleAt(11, 400, Date.now(), 128, { isOverspeed: 1 })]);
  await post([vehicleAt(11, 404, Date.now() + 4000, 120, { isOverspeedFinished: 1, overspeedTime: 4 }), vehicleAt(12, 400, Date.now(), 70, { isRapidlySlowdown: 1 }), vehicleAt(13, 100, t0 + 100_500, 70)]);
  let live = true; let s = 404;
  const pump = (async () => { while (live) { await post(Array.from({ length: 34 }, (_, i) => vehicleAt(i, s, Date.now(), 84 + 14 * Math.sin(s / 40 + i) + (i === 3 || i === 8 ? 40 : 0)))); s += 2; await new Promise((r) => setTimeout(r, 2000)); } })();
  await page.goto(`${BASE}/driving`); await page.waitForTimeout(3000);
  await shoot("busy");
  await page.getByRole("radio", { name: /Events/ }).click(); await shoot("events", [[1440, 900]], ["light"]);
  await page.getByRole("radio", { name: /Frames/ }).click(); await shoot("frames", [[1440, 900]], ["dark"]);
  await page.goto(`${BASE}/driving?driver=driver-00003`); await page.waitForTimeout(2500); await shoot("driver-chart");
  await context.setOffline(true); await page.waitForTimeout(2500); await shoot("reconnecting", [[1440, 900]], ["light"]);
  await page.waitForTimeout(12000); await shoot("disconnected"); await context.setOffline(false);
  live = false; await pump;
  await page.goto(`${BASE}/driving/drivers`); await page.waitForTimeout(1500); await shoot("drivers", [[1440, 900], [390, 844]], ["light"]);
  await page.goto(`${BASE}/driving/drivers/driver-00011`); await page.waitForTimeout(3000); await shoot("driver");
  await page.getByRole("table", { name: "Episodes" }).getByRole("link").first().click(); await page.waitForTimeout(3500); await shoot("episode");
  await page.goto(`${BASE}/driving/replay`); await page.waitForTimeout(1500); await page.getByRole("button", { name: "Play" }).click(); await page.waitForTimeout(5000); await shoot("replay");
}
if (only === "all" || only === "many") {
  const t = Date.now();
  for (let k = 0; k < 2; k++) await post(Array.from({ length: 10_000 }, (_, i) => vehicleAt(i, k * 10, t + k * 10_000, 80 + (i % 30), i % 997 === 0 && k === 1 ? { isOverspeed: 1 } : {})));
  await page.goto(`${BASE}/driving`); await page.waitForTimeout(5000);
  await shoot("many");
  const took = await page.evaluate(async () => { const t: number[] = []; let last = performance.now(); for (let i = 0; i < 120; i++) { await new Promise((r) => requestAnimationFrame(r)); const n = performance.now(); t.push(n - last); last = n; } t.sort((a, b) => a - b); return { p50: t[60], p99: t[118], max: t[119] }; });
  console.log("frames ms", took);
  let going = true;
  const pump = (async () => { let k = 2; while (going) { await post(Array.from({ length: 1000 }, (_, i) => vehicleAt((k * 1000 + i) % 10_000, k, Date.now(), 80 + (i % 30)))); k++; await new Promise((r) => setTimeout(r, 1000)); } })();
  await page.waitForTimeout(3000);
  const busy = await page.evaluate(async () => { const t: number[] = []; let last = performance.now(); while (t.length < 200 ) { await new Promise((r) => requestAnimationFrame(r)); const n = performance.now(); t.push(n - last); last = n; } t.sort((a, b) => a - b); return { p50: t[100], p95: t[190], max: t[199] }; });
  console.log("frames under 1000 records/s ms", busy);
  going = false; await pump;
  for (let i = 0; i < 3; i++) await page.getByRole("button", { name: /Zoom in/i }).click();
  await page.waitForTimeout(2500); await shoot("many-zoomed", [[1440, 900]], ["light"]);
}
await browser.close();
