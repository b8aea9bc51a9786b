import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./support/sign-in.ts";
import { waitForDataset } from "./support/uploads.ts";

// Real files that may not be part of this repository; they lie beside a development checkout.
const FOLDER = fileURLToPath(new URL("../../shared/data/sensors/", import.meta.url));
test.skip(!existsSync(FOLDER), `${FOLDER} is not here: real data are tested only beside a development checkout`);

const path = (name: string) => `${FOLDER}${name}`;
const linesOf = (name: string) => {
  const bytes = readFileSync(path(name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim();
  return text.split(/\r?\n/).map((line) => line.split(","));
};

/** Answers what a file does not say, as a person would, then sends it. */
async function sendWithAnswers(
  page: Page,
  name: string,
  answers: { timeZone?: string; sensorColumn?: string; kind?: string },
) {
  await page.locator("input[type=file][aria-label=Files]").setInputFiles(path(name));
  const dialog = page.getByRole("dialog", { name: /^Columns of/ });
  // Either it asks, or the file is on its way.
  const row = page.getByRole("row").filter({ hasText: name.slice(name.lastIndexOf("/") + 1) });
  await dialog.or(row).first().waitFor({ timeout: 60_000 });
  if (!(await dialog.isVisible())) return;
  if (answers.kind) await dialog.getByLabel("The file is").selectOption({ label: answers.kind });
  if (answers.timeZone && (await dialog.getByLabel("Time zone").count()) > 0) {
    await dialog.getByLabel("Time zone").fill(answers.timeZone);
  }
  if (answers.sensorColumn) {
    const question = dialog
      .getByRole("combobox")
      .filter({ has: page.locator(`option[value="${answers.sensorColumn}"]`) });
    if ((await question.count()) > 0) await question.first().selectOption(answers.sensorColumn);
  }
  await dialog.getByRole("button", { name: /^(Send|Clean)/ }).click();
  await expect(dialog).toBeHidden();
}

test("26 loggers and 1,928 stations on the map, figures equal to an independent count", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, "/uploads");
  await sendWithAnswers(page, "freiburg_hobo_2023/stations.csv", {});
  await sendWithAnswers(page, "wow_sites_europe_2019.csv", {});
  await sendWithAnswers(page, "freiburg_hobo_2023/ten_minute.csv.gz", { timeZone: "Etc/GMT-1" });
  const stations = await waitForDataset(page, "stations.csv");
  const wow = await waitForDataset(page, "wow_sites_europe_2019.csv");
  const readings = await waitForDataset(page, "ten_minute.csv.gz", 120_000);
  expect(stations.rowsKept).toBe(26);
  expect(wow.rowsKept).toBe(1928);

  const [header = [], ...rows] = linesOf("freiburg_hobo_2023/ten_minute.csv.gz");
  expect(readings.rowsIn).toBe(rows.length);
  const values = rows.reduce(
    (sum, row) => sum + row.filter((cell, i) => i >= 2 && cell !== "" && Number.isFinite(Number(cell))).length,
    0,
  );
  expect(header.length).toBeGreaterThan(2);
  const report = (await (await page.request.get(`/api/v1/datasets/${readings.id}`)).json()) as {
    report: { valuesKept: number; rowsIn: number; rowsKept: number; rowsDropped: number; rowsEmpty: number };
  };
  expect(report.report.rowsKept + report.report.rowsDropped + report.report.rowsEmpty).toBe(rows.length);
  expect(report.report.valuesKept).toBe(values);

  const box = async (bbox: string) =>
    (await (await page.request.get(`/api/v1/sensors/map?bbox=${bbox}&zoom=11`)).json()) as {
      items: { kind: "point" | "cluster"; count?: number }[];
    };
  const freiburg = await box("7.7,47.9,8.0,48.1");
  const shown = freiburg.items.reduce((sum, item) => sum + (item.kind === "cluster" ? (item.count ?? 0) : 1), 0);
  expect(shown).toBeGreaterThanOrEqual(26);
  const europe = (await (
    await page.request.get("/api/v1/sensors/map?bbox=-30,25,45,72&zoom=4")
  ).json()) as typeof freiburg;
  const inEurope = europe.items.reduce((sum, item) => sum + (item.kind === "cluster" ? (item.count ?? 0) : 1), 0);
  expect(inEurope).toBeGreaterThanOrEqual(1928 + 26);

  await page.goto("/sensors?q=10347324");
  await expect(page.locator("canvas").first()).toBeVisible();
});

test("stream and soil readings arrive complete", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, "/uploads");
  await sendWithAnswers(page, "lro/TonyGrove2014_temp.csv.gz", { timeZone: "America/Denver" });
  await sendWithAnswers(page, "grow_algarve/daily_soil_moisture.csv.gz", { timeZone: "UTC" });
  const lro = await waitForDataset(page, "TonyGrove2014_temp.csv.gz", 120_000);
  expect(lro.rowsIn).toBe(linesOf("lro/TonyGrove2014_temp.csv.gz").length - 1);
  const grow = await waitForDataset(page, "daily_soil_moisture.csv.gz", 120_000);
  expect(grow.rowsIn).toBe(linesOf("grow_algarve/daily_soil_moisture.csv.gz").length - 1);
});
