import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./support/sign-in.ts";

const TARIFF_PAGE = /\/charging\/tariffs\/[0-9a-f-]{36}$/;

test("a tariff is written, its gap is found, its prices are read by keyboard, and a save makes a version", async ({
  page,
}) => {
  await signIn(page, "/charging/tariffs/new");
  await page.getByLabel("Name", { exact: true }).fill("Depot");
  const first = page.getByRole("group", { name: "Row 1, All hours" });
  await first.getByLabel("To", { exact: true }).selectOption("16:00");
  await expect(page.getByText("No price: all year, all days, 16:00 to 24:00.")).toBeVisible();
  await page.getByRole("button", { name: "Add a period" }).click();
  const second = page.getByRole("group", { name: "Row 2, Period 2" });
  await second.getByLabel("To", { exact: true }).selectOption("24:00");
  await second.getByLabel("Price, $/kWh").fill("0.45");
  await second.getByLabel("From", { exact: true }).selectOption("15:30");
  await expect(page.getByText("overlap: all year, all days, 15:30 to 16:00.")).toBeVisible();
  await second.getByLabel("From", { exact: true }).selectOption("16:00");
  await expect(page.getByText("overlap:")).toHaveCount(0);
  await expect(page.getByText("a year")).toBeVisible();

  const grid = page.getByRole("grid", { name: "Weekdays", exact: true });
  await grid.getByRole("gridcell", { name: "January, 00:00" }).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText("February, weekdays, 23:00 to 24:00: 0.45 $/kWh")).toBeVisible();

  await page.getByRole("button", { name: "Save tariff" }).click();
  await page.waitForURL(TARIFF_PAGE);
  await expect(page.getByText("version 1", { exact: true })).toBeVisible();
  const before = page.url();
  await page.getByLabel("Utility").fill("Valley Power");
  await page.getByRole("button", { name: "Save as next version" }).click();
  await expect(page.getByText("version 2", { exact: true })).toBeVisible();
  await page.goto(before);
  await expect(page.getByText("This is an earlier version.")).toBeVisible();
  await page.goto("/charging/tariffs");
  await expect(page.getByRole("row").filter({ hasText: "Valley Power" })).toContainText("Depot");
});

async function importText(page: Page, fileName: string, text: string): Promise<void> {
  await page.getByRole("button", { name: "Import" }).click();
  const file = { name: fileName, mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("File to import").setInputFiles(file);
}

test("adoption is imported, a wrong row is named, a cell is changed, and a version is saved", async ({ page }) => {
  await signIn(page, "/charging/adoption");
  await importText(page, "a.csv", "county,year,evs\nAlameda,2030,5000\nNapa,soon,7\n");
  await expect(page.getByText("a.csv, row 2, Year: Write a year, as 2030.")).toBeVisible();
  await page.getByLabel("File to import").setInputFiles({
    name: "a.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("county,year,evs\nAlameda,2030,5000\nNapa,2030,7\n"),
  });
  await expect(page.getByText("version 1", { exact: true })).toBeVisible();
  await page.getByLabel("Electric vehicles, row 2", { exact: true }).fill("-8");
  await expect(page.getByText("No number is below 0.")).toBeVisible();
  await page.getByLabel("Electric vehicles, row 2", { exact: true }).fill("8");
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await expect(page.getByText("version 2", { exact: true })).toBeVisible();
  await page.goto("/charging/adoption?version=1");
  await expect(page.getByText("This is an earlier version.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Napa" })).toContainText("7");
});
