import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { sessionsFile, zipOfCase } from "./support/charging-files.ts";
import { signIn } from "./support/sign-in.ts";
import { waitForDataset } from "./support/uploads.ts";

const SHARED = fileURLToPath(new URL("../../shared/data/", import.meta.url));
const CASE = `${SHARED}charging/cba/san_francisco`;
const RATES = `${SHARED}charging/rates`;
const EXPORT = `${SHARED}charging-reference/cleaning/raw_session.csv`;
test.skip(!existsSync(CASE), `${CASE} is not here: a real case is tested only beside a development checkout`);

const files = (page: Page) => page.locator("input[type=file][aria-label=Files]");

async function startRun(page: Page, algorithm: string, fill: () => Promise<void>): Promise<string> {
  await page.goto(`/runs/new/${algorithm}`);
  await fill();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  return waitForRun(page);
}

async function waitForRun(page: Page): Promise<string> {
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/);
  const id = /runs\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
  const state = async () => {
    const run = (await (await page.request.get(`/api/v1/runs/${id}`)).json()) as {
      state: string;
      errorDetail?: string;
    };
    return run.errorDetail ? `${run.state}: ${run.errorDetail}` : run.state;
  };
  await expect.poll(state, { timeout: 120_000, message: id }).toBe("succeeded");
  return id;
}

async function saveAs(page: Page, runId: string, name: string): Promise<void> {
  await page.goto(`/runs/${runId}`);
  await page.getByRole("button", { name: "Save as scenario" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as scenario" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL("**/charging");
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
}

test("a planner goes from sessions to a plan: model, forecast, managed charging, costs, comparison, export", async ({
  page,
}) => {
  test.setTimeout(420_000);
  page.setDefaultTimeout(30_000);
  await signIn(page, "/uploads");

  await test.step("upload: an export, sessions of a year, and a case", async () => {
    const lines = readFileSync(EXPORT, "utf8").trim().split(/\r?\n/).length - 1;
    await files(page).setInputFiles(EXPORT);
    expect((await waitForDataset(page, "raw_session.csv")).rowsIn).toBe(lines);
    await files(page).setInputFiles(sessionsFile("workplace-sessions.csv"));
    expect((await waitForDataset(page, "workplace-sessions.csv")).rowsKept).toBe(28 * 40);
    await files(page).setInputFiles(await zipOfCase("san-francisco.zip", [CASE, RATES]));
    const row = page.getByRole("row").filter({ hasText: "san-francisco.zip" });
    await expect(row.getByRole("link", { name: "Compute with it" })).toBeVisible({ timeout: 60_000 });
  });

  const training = await test.step("train", () =>
    startRun(page, "train-session-model", async () => {
      await page.getByLabel(/^workplace-sessions/).check();
      await page.getByLabel("Name of the model").fill("Bay workplaces");
    }));
  expect(training).not.toBe("");

  await test.step("forecast", async () => {
    const forecast = await startRun(page, "forecast-load", async () => {
      await page.getByLabel("Model", { exact: false }).first().selectOption(training);
      await page.getByLabel("Electric vehicles").fill("20000");
    });
    await expect(page.getByRole("heading", { name: "Load on a weekday" })).toBeVisible();
    await saveAs(page, forecast, "20,000 cars");
  });

  await test.step("optimise", async () => {
    const managed = await startRun(page, "optimise-charging", async () => {
      const dataset = page.getByLabel("Dataset of sessions");
      await dataset.selectOption(
        await dataset.locator("option", { hasText: "workplace-sessions" }).getAttribute("value"),
      );
    });
    await expect(page.getByText("No schedule that delivers as much costs less than")).toBeVisible();
    await saveAs(page, managed, "Managed under E-19");
  });

  await test.step("costs and benefits, without and with control", async () => {
    await page.goto("/uploads");
    const row = page.getByRole("row").filter({ hasText: "san-francisco.zip" });
    await row.getByRole("link", { name: "Compute with it" }).click();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const base = await waitForRun(page);
    await saveAs(page, base, "Uncontrolled");
    await page.getByRole("button", { name: "More about Uncontrolled" }).click();
    await page.getByRole("menuitem", { name: "Run with changes" }).click();
    await page.locator("input[name=control]").fill("e19controlled");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL((url) => !url.pathname.includes("/new/"));
    await saveAs(page, await waitForRun(page), "Controlled");
  });

  await test.step("compare, change an assumption, export", async () => {
    for (const name of ["Uncontrolled", "Controlled"]) {
      await page.getByRole("row").filter({ hasText: name }).getByRole("checkbox").first().check();
    }
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await expect(page.getByRole("heading", { name: "What differs" })).toBeVisible();
    await expect(page.getByRole("cell", { name: "e19controlled" })).toBeVisible();
    await page.getByRole("button", { name: "Change an assumption" }).first().click();
    await page.getByRole("dialog").getByRole("combobox").click();
    await page.keyboard.type("discount");
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog")
      .getByLabel(/discount rate/i)
      .fill("0.03");
    await page.getByRole("button", { name: "Compare with it" }).click();
    await expect(page.getByRole("link", { name: "3 Uncontrolled, discount rate 0.03" })).toBeVisible();
    await expect(page.getByRole("cell", { name: "0.03", exact: true })).toBeVisible({ timeout: 60_000 });

    const csv = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV", exact: true }).first().click();
    expect(readFileSync(await (await csv).path(), "utf8")).toContain("e19controlled");
    const png = page.waitForEvent("download");
    await page.getByRole("button", { name: "PNG", exact: true }).first().click();
    const picture = readFileSync(await (await png).path());
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect(picture.length).toBeGreaterThan(5_000);
  });
});
