import { createServer } from "node:http";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { digestOf, isTimely, parseSignature } from "../lib/secrets/hook-signature.ts";
import { listenOnLoopback } from "../lib/testing/loopback.ts";
import { checkPages, WIDTHS } from "./support/axe.ts";
import { signIn } from "./support/sign-in.ts";

const START_MS = Date.UTC(2026, 0, 5, 8);
const wallAt = (second: number) => new Date(START_MS + second * 1000).toISOString().slice(0, 19).replace("T", " ");

interface Sent {
  driver?: string;
  second: number;
  speed?: number;
  flags?: Record<string, number>;
}

/** As a vehicle's box would, but with the session of this browser. */
async function send(page: Page, records: Sent[]): Promise<void> {
  const body = records.map(({ driver = "E2E-ANA", second, speed = 90, flags = {} }) => ({
    ...{ driverID: driver, carPlateNumber: `PL-${driver.slice(-3)}`, Latitude: 38.7 + second / 5000, Longitude: -9.1 },
    ...{ Speed: speed, Direction: 45, Time: wallAt(second), ...flags },
  }));
  const answer = await page.evaluate(async (text) => {
    const response = await fetch("/api/v1/driving/records", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: text,
    });
    return { status: response.status, body: (await response.json()) as { accepted: number } };
  }, JSON.stringify(body));
  expect(answer).toMatchObject({ status: 200, body: { accepted: records.length } });
}

async function openBoard(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, "/driving");
  await expect(page.getByRole("group", { name: "Live state" })).toHaveAttribute("data-connection", /live|stale/);
  return page;
}

const frameOf = async (page: Page) =>
  Number(await page.getByRole("group", { name: "Frame" }).locator("[data-frame]").getAttribute("data-frame"));
const alertOf = (page: Page, driver: string, state: string) =>
  page.getByRole("list", { name: "Alerts" }).getByRole("listitem", { name: `${driver}, ${state}` });
const show = (page: Page, tab: RegExp) => page.getByRole("radio", { name: tab }).click();

test("two browsers side by side see the same numbered frames, the same alerts and the same answers", async ({
  browser,
}) => {
  const [left, right] = [await openBoard(browser), await openBoard(browser)];

  await test.step("without a record the page tells how to send the first one", async () => {
    await expect(left.getByText("No vehicle has sent a record yet")).toBeVisible();
    await expect(left.getByLabel("Command that sends the first record")).toContainText("/api/v1/driving/records");
  });

  await test.step("a record appears in both, with its age", async () => {
    await send(left, [{ second: 10 }, { second: 20 }, { second: 5 }]);
    for (const page of [left, right]) {
      await expect(page.getByRole("button", { name: /E2E-ANA/ })).toContainText(/90\s*\d+ s ago/);
      await expect(page.getByRole("group", { name: "Live state" })).toHaveAttribute("data-connection", "live");
    }
  });

  await test.step("going over the limit is told in both at once", async () => {
    await send(right, [{ second: 30, speed: 127, flags: { isOverspeed: 1 } }]);
    for (const page of [left, right]) {
      await expect(alertOf(page, "E2E-ANA", "over limit")).toContainText("127", { timeout: 3_000 });
      await expect(page.getByRole("list", { name: "Vehicles by state" })).toContainText("1 over limit");
    }
  });

  await test.step("the next frame has the same number and the same content in both, the late record marked", async () => {
    const before = await frameOf(left);
    await expect.poll(() => frameOf(left), { timeout: 45_000 }).toBeGreaterThan(before);
    const number = await frameOf(left);
    await expect.poll(() => frameOf(right)).toBe(number);
    const rows = await Promise.all(
      [left, right].map(async (page) => {
        await show(page, /Frames/);
        return page.getByRole("table", { name: "Frames" }).getByRole("row").allInnerTexts();
      }),
    );
    expect(rows[0]?.slice(1, 3)).toEqual(rows[1]?.slice(1, 3));
    const frames = (rows[0] ?? []).slice(1).map((row) => row.split(/\s+/));
    expect(frames.reduce((sum, row) => sum + Number(row.at(-2)), 0)).toBe(4);
    expect(frames.reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBe(1);
  });

  await test.step("who acknowledges or excuses does so for everybody", async () => {
    for (const page of [left, right]) await show(page, /Alerts/);
    await alertOf(left, "E2E-ANA", "over limit").getByRole("button", { name: "Acknowledge" }).click();
    await expect(alertOf(right, "E2E-ANA", "over limit")).toContainText("Acknowledged by");
    await send(left, [{ driver: "E2E-BEN", second: 40, speed: 131, flags: { isOverspeed: 1 } }]);
    const alert = alertOf(right, "E2E-BEN", "over limit");
    await alert.getByRole("button", { name: "Excuse" }).click();
    await alert.getByRole("button", { name: "Excuse alert" }).click();
    await expect(alert).toContainText("Say why");
    await alert.getByLabel("Why it is excused").fill("ambulance on duty");
    await alert.getByRole("button", { name: "Excuse alert" }).click();
    await expect(alertOf(left, "E2E-BEN", "over limit")).toContainText("ambulance on duty");
  });
});

test("a cut connection is shown, and everything missed is told after it, once", async ({ browser }) => {
  const [left, right] = [await openBoard(browser), await openBoard(browser)];
  await send(left, [{ driver: "E2E-CAT", second: 100, speed: 122, flags: { isOverspeed: 1 } }]);
  await expect(alertOf(right, "E2E-CAT", "over limit")).toBeVisible();
  const bar = right.getByRole("group", { name: "Live state" });

  await right.context().setOffline(true);
  await expect(bar).toHaveAttribute("data-connection", /reconnecting|disconnected/);
  await expect(bar).toContainText(/last record \d+ s ago/);
  await send(left, [
    { driver: "E2E-CAT", second: 110, speed: 144 },
    { driver: "E2E-CAT", second: 112, speed: 120, flags: { isOverspeedFinished: 1, overspeedTime: 12 } },
    { driver: "E2E-DAN", second: 113, speed: 125, flags: { isOverspeed: 1 } },
  ]);
  await expect(alertOf(left, "E2E-DAN", "over limit")).toBeVisible();
  await expect(alertOf(right, "E2E-CAT", "over limit")).toBeVisible();
  await expect(alertOf(right, "E2E-DAN", "over limit")).toHaveCount(0);

  await right.context().setOffline(false);
  await expect(bar).toHaveAttribute("data-connection", "live");
  await expect(alertOf(right, "E2E-CAT", "ended")).toContainText("peak 144 km/h, lasted 12 s");
  await expect(alertOf(right, "E2E-DAN", "over limit")).toBeVisible();
  // Sentences come from the stream's events alone: that they are there shows that none was skipped.
  await show(right, /Events/);
  const events = right.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(events.filter({ hasText: "within the limit again after 12 s, peak 144 km/h" })).toHaveCount(1);
  await expect(events.filter({ hasText: "E2E-DAN is over the limit at 125 km/h" })).toHaveCount(1);
});

test("a driver leads to days and episodes, an episode to its way and speed", async ({ page }) => {
  await signIn(page, "/driving/drivers?q=cat");
  await page.getByRole("link", { name: "E2E-CAT" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("E2E-CAT");
  await expect(page.getByRole("table", { name: "Days" }).getByRole("row", { name: /2026-01-05/ })).toContainText(
    "12 s",
  );
  await page.getByRole("navigation", { name: "Kind" }).getByRole("link", { name: "Coasting in neutral" }).click();
  await expect(page.getByText("None of this kind in this period.")).toBeVisible();
  await page.getByRole("navigation", { name: "Kind" }).getByRole("link", { name: "Overspeed" }).click();
  await page
    .getByRole("table", { name: "Episodes" })
    .getByRole("link", { name: wallAt(100) })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overspeed");
  await expect(page.getByRole("application", { name: /Way of E2E-CAT/ })).toBeVisible();
  await expect(page.getByRole("figure", { name: "Speed during the episode" })).toBeVisible();
  await expect(page.getByLabel("About this episode")).toContainText("144 km/h");
});

test("history is played again, from where it is asked to", async ({ page }) => {
  await signIn(page, "/driving/replay?from=2026-01-05T08:01:00&to=2026-01-05T08:02:00");
  const replay = page.getByRole("group", { name: "Replay" });
  await replay.getByRole("radio", { name: "10×" }).click();
  await replay.getByRole("button", { name: "Play" }).click();
  const events = page.getByRole("list", { name: "Events" });
  await expect(events).toContainText("E2E-CAT is over the limit");
  await expect(events).toContainText("E2E-CAT is within the limit again after 12 s");
  await expect(replay.getByRole("button", { name: "Play" })).toBeVisible();
  await expect(replay).toContainText("2026-01-05 08:02:00");
  // Before its beginning the episode is open again.
  await replay.getByRole("slider", { name: "Position" }).press("Home");
  await expect(replay).toContainText("2026-01-05 08:01:00");
  await expect(events).toHaveCount(0);
});

test("a rule of the workspace is told live with its name and severity, and in the inbox, only inside its geofence", async ({
  page,
}) => {
  await signIn(page, "/driving/rules");
  await test.step("a geofence is imported", async () => {
    const corners = [[-9.2, 38.6], [-9, 38.6], [-9, 38.8], [-9.2, 38.8], [-9.2, 38.6]]; // prettier-ignore
    const body = { name: "area", text: JSON.stringify({ type: "Polygon", coordinates: [corners] }) };
    const answer = await page.evaluate(async (text) => {
      const headers = { "content-type": "application/json" };
      return (await fetch("/api/v1/driving/geofences/import", { method: "POST", headers, body: text })).status;
    }, JSON.stringify(body));
    expect(answer).toBe(201);
    await page.reload();
  });
  await test.step("what is wrong with a rule stands at its field", async () => {
    await send(page, [{ driver: "E2E-OUT", second: 990, speed: 50 }]);
    await page.getByRole("button", { name: "Add rule" }).click();
    const form = page.getByRole("form", { name: "New rule" });
    await form.getByLabel("Name").fill("Old town");
    await form.getByLabel("Limit").fill("fast");
    await form.getByRole("button", { name: "Save rule" }).click();
    await expect(form.getByText("Enter a number")).toBeVisible();
    await form.getByLabel("Limit").fill("60");
    await form.getByLabel("Severity").selectOption("critical");
    await form.getByLabel("area").check();
    await form.getByRole("button", { name: "Try it on the last 7 days" }).click();
    await expect(form.getByRole("status")).toContainText(/would (not )?have alerted .*in the 7 days up to 2026-01-05/);
    await form.getByLabel("Inbox").check();
    await form.getByRole("group", { name: "Who is told" }).getByRole("checkbox").first().check();
    await form.getByRole("button", { name: "Save rule" }).click();
    const rule = page.getByRole("list", { name: "Rules" }).getByRole("listitem").filter({ hasText: "Old town" });
    await expect(rule).toContainText("over 60 km/h in area");
  });
  await test.step("who is too fast inside is told live, who is outside is not", async () => {
    await page.goto("/driving");
    await expect(page.getByRole("group", { name: "Live state" })).toHaveAttribute("data-connection", "live");
    await send(page, [
      { driver: "E2E-OUT", second: 1000, speed: 90 },
      { driver: "E2E-INN", second: 200, speed: 88 },
    ]);
    const alert = alertOf(page, "E2E-INN", "over limit");
    await expect(alert).toContainText("Old town, critical");
    await expect(alertOf(page, "E2E-OUT", "over limit")).toHaveCount(0);
    await send(page, [{ driver: "E2E-INN", second: 210, speed: 50 }]);
    await expect(alertOf(page, "E2E-INN", "ended")).toContainText("lasted 10 s");
  });
  await test.step("it is in the inbox", async () => {
    await expect
      .poll(async () => JSON.stringify(await (await page.request.get("/api/v1/notifications")).json()), {
        timeout: 20_000,
      })
      .toContain("Old town");
  });
});

test("a rule's webhook gets a signed request for its alert", async ({ page }) => {
  const taken: { signature: string; key: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const { "fieldport-signature": signature, "idempotency-key": key } = request.headers;
      taken.push({ signature: String(signature), key: String(key), body });
      response.writeHead(204).end();
    });
  });
  const receiver = await listenOnLoopback(server);
  await signIn(page, "/driving/rules");
  await page.getByRole("button", { name: "Add rule" }).click();
  const form = page.getByRole("form", { name: "New rule" });
  await form.getByLabel("Name").fill("Hooked");
  await form.getByLabel("Limit").fill("150");
  await form.getByLabel("Webhooks").fill(`${receiver.url}/hook`);
  await form.getByRole("button", { name: "Save rule" }).click();
  const rule = page.getByRole("list", { name: "Rules" }).getByRole("listitem", { name: "Hooked" });
  await rule.getByRole("button", { name: "New secret" }).click();
  await page.getByRole("button", { name: "Make new secret" }).click();
  const secret = await rule.getByRole("group", { name: "New secret" }).locator("code").first().innerText();

  await send(page, [{ driver: "E2E-HOK", second: 1100, speed: 171 }]);
  await expect.poll(() => taken.length, { timeout: 20_000 }).toBe(1);
  const [{ signature, key, body } = { signature: "", key: "", body: "" }] = taken;
  const signed = parseSignature(signature)!;
  expect(isTimely(signed, new Date())).toBe(true);
  expect(digestOf(secret, signed.signedAtS, body).toString("hex")).toBe(signed.digest);
  expect(JSON.parse(body)).toMatchObject({
    type: "driving.alert",
    rule: { name: "Hooked" },
    alert: { driver: "E2E-HOK", speedKmh: 171 },
  });
  expect(key).not.toBe("");
  await receiver.close();
});

for (const [name, viewport] of Object.entries(WIDTHS)) {
  test(`axe finds nothing serious on pages with vehicles, ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await signIn(page, "/driving");
    const answer = await page.request.get("/api/v1/driving/episodes?driver=E2E-CAT");
    const { items } = (await answer.json()) as { items: { id: string }[] };
    await checkPages(page, [
      ...["/driving", "/driving?driver=E2E-CAT", "/driving/replay", "/driving/drivers", "/driving/drivers/E2E-CAT"],
      ...["/driving/rules", "/driving/summaries", "/driving/ledger"],
      `/driving/episodes/${items[0]?.id}`,
    ]);
  });
}
