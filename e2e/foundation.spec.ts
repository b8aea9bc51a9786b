import { expect, test } from "@playwright/test";
import { ADMIN } from "./support/portal.ts";
import { HOURS, readingsFile, registryFile, SENSOR_COUNT } from "./support/sample-files.ts";
import { signIn } from "./support/sign-in.ts";
import { waitForDataset } from "./support/uploads.ts";

test("a wrong password is refused in one sentence, a stranger is sent to sign in and back", async ({ page }) => {
  await page.goto("/runs");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
});

test("drop a station list and readings, see them cleaned, mapped and charted, and find the way back to the file", async ({
  page,
}) => {
  const prefix = "E2E";
  const registry = registryFile(prefix);
  const readings = readingsFile(prefix);
  await signIn(page, "/uploads");
  await page.locator("input[type=file][aria-label=Files]").setInputFiles([registry, readings.file]);

  const sensors = await waitForDataset(page, registry.name);
  expect(sensors).toMatchObject({ rowsIn: SENSOR_COUNT, rowsKept: SENSOR_COUNT });
  const table = await waitForDataset(page, readings.file.name);
  expect(table.rowsIn).toBe(readings.rowsIn);
  expect(table.rowsKept).toBe(readings.rowsKept);
  await expect(page.getByRole("table", { name: "Uploads" })).toContainText(readings.file.name);

  await test.step("the dataset page opens, and the report counts what was dropped", async () => {
    await page.goto(`/datasets/${table.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(`${prefix}-readings`);
    const answer = await page.request.get(`/api/v1/datasets/${table.id}`);
    const { report } = (await answer.json()) as { report: { byRule: { rule: string; count: number }[] } };
    expect(report.byRule).toContainEqual(expect.objectContaining({ rule: "timestamp_future", count: 1 }));
  });

  await test.step("every observation can be exported with the file it came from", async () => {
    const list = await page.request.get(`/api/v1/sensors?q=${prefix}-3`);
    const { items } = (await list.json()) as { items: { id: string }[] };
    const csv = await (await page.request.get(`/api/v1/sensors/${items[0]!.id}/observations`)).text();
    expect(csv).toContain(`${prefix}-readings.csv`);
    expect(csv.trim().split("\r\n").length).toBeGreaterThan(HOURS);
  });
});

test("a file that is no table is refused with what to do", async ({ page }) => {
  await signIn(page, "/uploads");
  const workbook = Buffer.alloc(64);
  workbook.writeUInt32LE(0x04034b50, 0);
  workbook.writeUInt16LE(19, 26);
  workbook.write("[Content_Types].xml", 30);
  await page
    .locator("input[type=file][aria-label=Files]")
    .setInputFiles([{ name: "stations.xlsx", mimeType: "application/octet-stream", buffer: workbook }]);
  await expect(page.getByText(/Excel workbook\. Save the sheet as CSV\./).first()).toBeVisible();
});

test("a run can be started, followed to its result, and asked for again without computing", async ({ page }) => {
  await signIn(page, "/runs/new/range-step-stuck");
  // Parameters nobody used before: the same ones would be answered from the stored result.
  const ask = async () => {
    await page.getByLabel("Fail from").fill("3.25");
    await page.getByRole("textbox", { name: "Sensors" }).fill("SEA-0217");
    await page.getByRole("button", { name: "Run", exact: true }).click();
  };
  await ask();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}/);
  // Its steps succeed one by one before the run does.
  await expect(page.getByText(/^Finished/)).toBeVisible({ timeout: 120_000 });
  await page.goto("/runs/new/range-step-stuck");
  await ask();
  await expect(page.getByText(/The same run finished/)).toBeVisible();
});
