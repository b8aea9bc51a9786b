import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./support/sign-in.ts";
import { waitForDataset } from "./support/uploads.ts";

const STEP_MS = 3_600_000;
const DAYS = 14;
const HOURS = DAYS * 24;
const CODES = Array.from({ length: 7 }, (_, i) => `TOWN-${i}`);

/** Fixed noise between -1 and 1: the same file every time. */
const noise = (i: number) => ((Math.sin(i * 12.9898) * 43_758.5453) % 1) * 0.9;

/** Two weeks of a small town; TOWN-3 reads 3 °C too high on four days of it. */
function townFile() {
  const startMs = Date.now() - (DAYS + 30) * 24 * STEP_MS;
  const rows = CODES.flatMap((code, j) =>
    Array.from({ length: HOURS }, (_, hour) => {
      const daily = 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI) + 2 * Math.sin(hour / 60);
      const fault = j === 3 && hour >= 120 && hour < 216 ? 3 : 0;
      const value = 10 + j * 0.3 + daily + 0.3 * noise(hour * 7 + j) + fault;
      return `${code},${new Date(startMs + hour * STEP_MS).toISOString()},${value.toFixed(2)}`;
    }),
  );
  const text = ["sensor_id,time,air_temperature", ...rows].join("\n");
  return { name: "town-readings.csv", mimeType: "text/csv", buffer: Buffer.from(`${text}\n`) };
}

const firstInQueue = (page: Page) => page.getByRole("list", { name: "Faults" }).getByRole("button").first();

test("a fault is found on arrival, its owner disputes it with a comment, and it stays in the history", async ({
  page,
}) => {
  const file = townFile();
  await signIn(page, "/uploads");
  await page.locator("input[type=file][aria-label=Files]").setInputFiles([file]);
  await waitForDataset(page, file.name);

  const fault = page.getByRole("list", { name: "Faults" }).getByRole("button", { name: /TOWN-3 bias/ });
  await test.step("the queue names the sensor and the cause", async () => {
    await expect(async () => {
      await page.goto("/sensors/faults");
      await expect(fault).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 150_000 });
    await fault.click();
    const panel = page.getByRole("region", { name: "Fault of TOWN-3" });
    await expect(panel).toContainText(/Reads (2\.9|3|3\.1) °C too high against its neighbours, for 3 d 2\d h\./);
    await expect(panel.getByRole("application").first()).toBeVisible();
  });

  await test.step("keys dispute it; it leaves the queue and can be taken back", async () => {
    await page.keyboard.press("/");
    await page.getByLabel("Comment").fill("A heater stood beside it that week.");
    await page.keyboard.press("Escape");
    await page.keyboard.press("d");
    await expect(fault).toBeHidden();
    await page.keyboard.press("z");
    await expect(fault).toBeVisible();
    await fault.click();
    await page.getByLabel("Comment").fill("A heater stood beside it that week.");
    await page.getByRole("button", { name: /^Dispute/ }).click();
    await expect(fault).toBeHidden();
  });

  await test.step("what was said stays with it", async () => {
    await page.goto("/sensors/faults?review=disputed");
    await firstInQueue(page).click();
    await expect(page.getByRole("region", { name: "History" })).toContainText("A heater stood beside it that week.");
  });
});
