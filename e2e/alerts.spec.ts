import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./support/sign-in.ts";

const STEP_MS = 15 * 60_000;
/** The watch looks every minute. */
const WATCHED = { timeout: 150_000 };

interface Posted {
  sensor: string;
  observedProperty: string;
  observedAt: string;
  value: number;
}

/** A day of readings every 15 minutes that ends so many hours ago. */
function dayOf(sensor: string, endHoursAgo: number): Posted[] {
  const endMs = Date.now() - endHoursAgo * 3_600_000;
  return Array.from({ length: 96 }, (_, i) => ({
    sensor,
    observedProperty: "air_temperature",
    observedAt: new Date(endMs - (95 - i) * STEP_MS).toISOString(),
    value: Math.round((12 + 5 * Math.sin(i / 15) + Math.sin(i * 1.7) / 3) * 10) / 10,
  }));
}

/** As a device's owner would from a console on the portal: same origin, same session. */
async function post(page: Page, observations: Posted[]) {
  const status = await page.evaluate(async (body) => {
    const answer = await fetch("/api/v1/sensors/observations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return answer.status;
  }, JSON.stringify({ observations }));
  expect(status).toBe(200);
}

test("a sensor that falls silent is told in the inbox, and stands in the list of alerts until it reports", async ({
  page,
}) => {
  await signIn(page, "/sensors/alerts");
  const list = page.getByRole("table", { name: "Alerts" });
  await test.step("the silent sensors of the demo have been told before, so that the next one is told by itself", async () => {
    await expect(async () => {
      await page.goto("/sensors/alerts?condition=silent");
      await expect(list).toContainText("KIT-", { timeout: 2_000 });
    }).toPass(WATCHED);
  });
  await post(page, [...dayOf("ALERT-QUIET", 3), ...dayOf("ALERT-FINE", 0)]);

  await test.step("the list names the silent sensor and since when, not the one that reports", async () => {
    await expect(async () => {
      await page.goto("/sensors/alerts?condition=silent");
      await expect(list).toContainText("ALERT-QUIET", { timeout: 2_000 });
    }).toPass(WATCHED);
    await expect(page.getByRole("row", { name: /ALERT-QUIET/ })).toContainText("Nothing received for 3 h");
    await expect(list).not.toContainText("ALERT-FINE");
  });

  await test.step("the inbox leads to the sensor", async () => {
    await page.getByRole("button", { name: /^Inbox/ }).click();
    await page.getByRole("link", { name: /ALERT-QUIET is silent/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("ALERT-QUIET");
  });

  await test.step("one reading does not end the alert: a sensor that comes and goes is told once", async () => {
    await post(page, dayOf("ALERT-QUIET", 0).slice(-1));
    await page.goto("/sensors/alerts");
    await expect(list).toContainText("ALERT-QUIET");
  });
});
