import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Emulator } from "../lib/testing/emulators/emulator.ts";
import { misbehaveInTurn } from "../lib/testing/emulators/emulator.ts";
import { GROW_KEY, type GrowSensor, makeGrowSensors, startGrowEmulator } from "../lib/testing/emulators/grow.ts";
import { makeWowSites, startWowEmulator, WOW_KEY } from "../lib/testing/emulators/wow.ts";
import { signIn } from "./support/sign-in.ts";

const DAY_MS = 86_400_000;
const open: Emulator[] = [];
test.afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

// Some twenty runs follow each other, each in a process of its own: on a busy machine that takes minutes.
test.setTimeout(600_000);

async function fillCommon(page: Page, { name, address, key }: { name: string; address: string; key: string }) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Address").fill(address);
  await page.getByLabel("Key", { exact: true }).fill(key);
}

const stepOf = (page: Page, title: string): Locator =>
  page.getByRole("list", { name: "Steps" }).locator(":scope > li").filter({ hasText: title });

async function waitForSuccess(page: Page, timeoutMs = 180_000): Promise<void> {
  for (const title of ["Sensor information", "Nearest station", "Readings", "Checks and faults", "Summary"]) {
    await expect(
      stepOf(page, title)
        .getByText(/^(succeeded|skipped)$/)
        .first(),
    ).toBeVisible({ timeout: timeoutMs });
  }
}

test("a coordinator schedules a pipeline; it brings the network in although the source misbehaves", async ({
  page,
}) => {
  const endMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const sensors = makeGrowSensors(12, { startMs: endMs - 6 * DAY_MS, endMs });
  sensors[4] = { ...sensors[4]!, stuckFromMs: endMs - 2 * DAY_MS };
  const misdeeds = ["too_many", "malformed", "reordered", "duplicated", "server_error"] as const;
  const grow = await startGrowEmulator(sensors, { misbehave: misbehaveInTurn(misdeeds, 2) });
  const wow = await startWowEmulator(makeWowSites(8));
  open.push(grow, wow);
  await signIn(page, "/pipelines");

  await test.step("stations first, from WOW", async () => {
    await page.getByRole("link", { name: "New pipeline" }).first().click();
    await page.getByLabel("Source").selectOption({ label: "Met Office WOW" });
    await fillCommon(page, { name: "WOW Tayside", address: `${wow.url}/api`, key: WOW_KEY });
    for (const [side, value] of Object.entries({ West: -4, South: 56, East: -2, North: 57 })) {
      await page.getByLabel(side, { exact: true }).fill(String(value));
    }
    await page.getByLabel("Begin with the last").fill("2");
    await page.getByRole("button", { name: "Create pipeline" }).click();
    await page.getByRole("button", { name: "Run now" }).click();
    await waitForSuccess(page);
    await expect(stepOf(page, "Sensor information")).toContainText("6 sensors listed.");
  });

  await test.step("a refused schedule is explained, a good one is kept", async () => {
    await page.goto("/pipelines/new");
    await page.getByLabel("Source").selectOption({ label: "GROW node (Thingful protocol)" });
    await fillCommon(page, { name: "Gardens", address: `${grow.url}/api`, key: "not the key" });
    await page.getByLabel("Schedule").selectOption({ label: "Other (cron)" });
    await page.getByLabel("Cron expression").fill("* * * * *");
    await page.getByRole("button", { name: "Create pipeline" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "more often than every 5 minutes" })).toBeVisible();
    await page.getByLabel("Cron expression").fill("30 5 * * 1-5");
    await page.getByRole("button", { name: "Create pipeline" }).click();
    await expect(page.getByText("30 5 * * 1-5")).toBeVisible();
  });

  await test.step("a wrong key stops it with a sentence; with the right one it goes on from there", async () => {
    await page.getByRole("button", { name: "Run now" }).click();
    await expect(stepOf(page, "Sensor information")).toContainText("refuses our key");
    await page.getByRole("link", { name: "Change", exact: true }).click();
    await page.getByLabel("Key", { exact: true }).fill(GROW_KEY);
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("button", { name: "Go on from here" }).click();
    await waitForSuccess(page);
    await expect(stepOf(page, "Readings")).toContainText(/readings of 12 sensors\./);
    await expect(stepOf(page, "Nearest station")).toContainText(/of \d+ sensors have one/);
  });

  await test.step("the sensor that stands still is found, with the file that says so", async () => {
    await page.getByRole("link", { name: "Summary of the network" }).click();
    await expect(page.getByText(sensors[4]!.code).first()).toBeVisible();
    await page.goto(`/sensors/faults`);
    await expect(page.getByRole("button", { name: new RegExp(`${sensors[4]!.code} stuck`) })).toBeVisible();
  });
});

const RECORDED = fileURLToPath(
  new URL("../../shared/data/sensors/freiburg_hobo_2023/ten_minute.csv.gz", import.meta.url),
);

/** The real loggers of a town as sensors of a node: their temperature as it was recorded. */
function recordedSensors(): (GrowSensor & Required<Pick<GrowSensor, "recorded">>)[] {
  const [, ...lines] = gunzipSync(readFileSync(RECORDED)).toString("utf8").trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(","));
  return [...Map.groupBy(rows, ([logger]) => logger)].map(([, own], i) => {
    const times = Float64Array.from(own, ([, time = ""]) => Date.parse(`${time}Z`));
    const values = Float64Array.from(own, ([, , value]) => (value ? Number(value) : Number.NaN));
    return {
      code: `hobo${String(i).padStart(4, "0")}`,
      name: `Logger ${i + 1}`,
      latitude: 47.9 + i * 0.001,
      longitude: 7.8 + i * 0.001,
      ownerId: "town",
      startMs: times[0] ?? 0,
      endMs: times.at(-1) ?? 0,
      recorded: { times, values },
    };
  });
}

test("a backfill brings a recorded winter of 26 real loggers in", async ({ page }) => {
  test.skip(!existsSync(RECORDED), "../shared/data/sensors/freiburg_hobo_2023 is not here");
  const sensors = recordedSensors();
  const grow = await startGrowEmulator(sensors);
  open.push(grow);
  await signIn(page, "/pipelines/new");
  await fillCommon(page, { name: "Town winter", address: `${grow.url}/api`, key: GROW_KEY });
  await page.getByLabel("Schedule").selectOption("");
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await page.getByRole("button", { name: "Backfill" }).click();
  await page.getByLabel("From").fill("2022-11-30");
  await page.getByLabel("Until").fill("2023-01-10");
  await page.getByRole("button", { name: "Start backfill" }).click();
  await waitForSuccess(page);
  await expect(stepOf(page, "Readings")).toContainText(`of ${sensors.length} sensors.`);
  const readings = sensors.reduce((sum, s) => sum + s.recorded.values.filter((v) => !Number.isNaN(v)).length, 0);
  await expect(stepOf(page, "Readings")).toContainText(readings.toLocaleString("en-US"));
});
