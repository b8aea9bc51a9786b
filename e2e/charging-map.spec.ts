import { expect, test } from "@playwright/test";
import { signIn } from "./support/sign-in.ts";

/** The demo's sessions are cleaned and added up soon after the first start. */
const COMPUTED = { timeout: 180_000 };

test("a planner finds a county on the map, by mouse and by keyboard, and where its numbers come from", async ({
  page,
}) => {
  await signIn(page, "/charging/map");
  const table = page.getByRole("table", { name: "Counties" });
  await expect(async () => {
    await page.goto("/charging/map");
    await expect(table).toBeVisible({ timeout: 3_000 });
  }).toPass(COMPUTED);
  const map = page.getByRole("application", { name: /Map of 58 counties by sessions, All months/ });
  const areas = page.locator(".leaflet-overlay-pane path");

  await test.step("every county of California is drawn, and stands in the table, the largest first", async () => {
    await expect(areas).toHaveCount(58);
    await expect(table.getByRole("row")).toHaveCount(59);
    await expect(table.getByRole("row").nth(1)).toContainText("Los Angeles");
    await table.getByRole("button", { name: "County" }).click();
    await expect(table.getByRole("row").nth(1)).toContainText("Alameda");
    await expect(table.getByRole("columnheader", { name: "County" })).toHaveAttribute("aria-sort", "ascending");
  });

  await test.step("metric and month change map and legend, and stand in the address", async () => {
    await page.getByRole("radio", { name: "Largest day" }).click();
    await page.getByLabel("Month", { exact: true }).selectOption({ index: 1 });
    await expect(page).toHaveURL(/metric=day/);
    await expect(page).toHaveURL(/month=2019-12/);
    await expect(page.getByRole("figure").filter({ hasText: "Largest day, kWh, 2019-12" })).toBeVisible();
  });

  await test.step("arrow keys go to a county, Enter opens it, and it leads to its run", async () => {
    await page.getByRole("application").focus();
    await page.keyboard.press("n");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const details = page.getByRole("region", { name: /county$/ });
    await expect(details).toContainText("FIPS 06");
    await expect(details).toContainText(/on 2019-12-\d\d/);
    await expect(page).toHaveURL(/county=06\d\d\d/);
  });

  await test.step("stations are drawn over the counties", async () => {
    // The address holds the choice, so that the tick follows it a moment later.
    const stations = page.getByRole("checkbox", { name: /stations/ });
    await stations.click();
    await expect(stations).toBeChecked();
    await expect(page).toHaveURL(/stations=true/);
    await expect(page.locator(".leaflet-stations-pane canvas")).not.toHaveJSProperty("width", 0);
  });

  await page.goto("/charging/map");
  await expect(map).toBeVisible();
  await page.getByRole("link", { name: /^run / }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Charging by county");
});
