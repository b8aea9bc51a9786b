import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./support/sign-in.ts";
import { waitForDataset } from "./support/uploads.ts";

const OWNER = "Ida & Sons, 50 %";
const STEP_MS = 20 * 60_000;
const DAY_STEPS = 72;
const COUNT = 7 * 2 * DAY_STEPS;
const CODES = Array.from({ length: 8 }, (_, i) => `IDA-${i}`);

const csv = (name: string, rows: readonly string[]) => {
  return { name, mimeType: "text/csv", buffer: Buffer.from(`${rows.join("\n")}\n`) };
};

function stationList() {
  const rows = CODES.map((code, i) => `${code},Roof ${i},${60.2 + i / 200},${24.9 + i / 200},"${OWNER}"`);
  return csv("ida-stations.csv", ["sensor_id,name,latitude,longitude,owner", ...rows]);
}

/** Fixed noise between -1 and 1: the same file every time. */
const noise = (i: number) => ((Math.sin(i * 12.9898) * 43_758.5453) % 1) * 0.9;

/** Two weeks until now; IDA-2 reads 4 °C too high in the last five days of it. */
function readings() {
  const startMs = Math.floor(Date.now() / STEP_MS) * STEP_MS - COUNT * STEP_MS;
  const rows = CODES.flatMap((code, j) =>
    Array.from({ length: COUNT }, (_, i) => {
      const daily = 4 * Math.sin((i / DAY_STEPS) * 2 * Math.PI) + 2 * Math.sin(i / 200);
      const fault = j === 2 && i >= COUNT - 5 * DAY_STEPS ? 4 : 0;
      const value = 10 + j * 0.3 + daily + 0.3 * noise(i * 8 + j) + fault;
      return `${code},${new Date(startMs + i * STEP_MS).toISOString()},${value.toFixed(2)}`;
    }),
  );
  return csv("ida-readings.csv", ["sensor_id,time,air_temperature", ...rows]);
}

const tableOf = (page: Page) => page.getByRole("table", { name: `Sensors of ${OWNER}` });

async function planMaintenance(page: Page, what: string) {
  await page.getByRole("button", { name: "Plan maintenance" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What is done").fill(what);
  await dialog.getByRole("button", { name: "Plan it" }).click();
  return dialog;
}

test("an owner's page: sensors found and exported, a fault disputed, maintenance planned once and cancelled", async ({
  page,
}) => {
  // All sensors of the workspace are judged for the first time here.
  test.slow();
  await signIn(page, "/uploads");
  for (const file of [stationList(), readings()]) {
    await page.locator("input[type=file][aria-label=Files]").setInputFiles([file]);
    await waitForDataset(page, file.name);
  }

  await test.step("the list of owners leads to the page", async () => {
    await page.goto("/sensors/owners");
    await page.getByRole("link", { name: OWNER, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: OWNER })).toBeVisible();
    await expect(tableOf(page).getByRole("row")).toHaveCount(CODES.length + 1);
    await expect(page.getByRole("img", { name: `Map of the 8 sensors of ${OWNER}` })).toBeVisible();
  });
  const ownerUrl = page.url();

  await test.step("the search narrows the table, and the export with it", async () => {
    await page.getByLabel("Search by address, id or name").fill("roof 5");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(tableOf(page).getByRole("row")).toHaveCount(2);
    await page.getByRole("button", { name: "Export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /^CSV/ }).click();
    const stream = await (await download).createReadStream();
    const text = Buffer.concat(await stream.toArray()).toString();
    expect(text.trimEnd().split("\r\n").slice(1)).toEqual([expect.stringMatching(/^IDA-5,Roof 5,/)]);
  });

  const cause = tableOf(page).getByRole("row", { name: /IDA-2/ }).getByRole("link", { name: /^bias/ });
  await test.step("the cause of a fault leads to its evidence, where the owner disputes it", async () => {
    await expect(async () => {
      await page.goto(ownerUrl);
      await expect(cause).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 400_000 });
    await cause.click();
    const fault = page.getByRole("list", { name: "Faults" }).getByRole("button", { name: /IDA-2 bias/ });
    await fault.click();
    await expect(page.getByRole("region", { name: "Fault of IDA-2" })).toContainText("too high against its neighbours");
    await page.getByLabel("Comment").fill("It hangs beside the chimney.");
    await page.getByRole("button", { name: /^Dispute/ }).click();
    await expect(fault).toBeHidden();
    await page.goto(ownerUrl);
    await expect(tableOf(page).getByRole("row", { name: /IDA-2/ })).toBeVisible();
    await expect(cause).toBeHidden();
  });

  await test.step("all sensors are put into maintenance; a second one at that time is refused with the first", async () => {
    await expect(await planMaintenance(page, "New batteries")).toBeHidden();
    const dialog = await planMaintenance(page, "New roofs");
    await expect(dialog).toContainText(/8 of 8 sensors have maintenance in that time already: .*\(New batteries\)/);
    await dialog.getByRole("button", { name: "Not now" }).click();
  });

  await test.step("the sensor shows it, and it can be cancelled for all", async () => {
    await tableOf(page).getByRole("link", { name: "IDA-1", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("IDA-1");
    await expect(page.getByText("New batteries")).toBeVisible();
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByRole("button", { name: "Cancel it" }).click();
    await expect(page.getByText("No maintenance is planned.")).toBeVisible();
  });
});
