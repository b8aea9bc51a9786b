import { expect, type Locator, type Page, test } from "@playwright/test";
import { mercatorX, mercatorY, worldSizePx } from "../lib/geo/mercator.ts";
import { checkPages, WIDTHS } from "./support/axe.ts";
import { signIn } from "./support/sign-in.ts";

interface Px {
  x: number;
  y: number;
}

const NAMES = { drawn: "E2E yard", renamed: "E2E container yard", typed: "E2E triangle", circle: "E2E depot" };

const mapOf = (page: Page) => page.getByRole("application", { name: /Map of .* geofence/ });
const itemOf = (page: Page, name: string) =>
  page.getByRole("list", { name: "Geofences" }).getByRole("listitem", { name, exact: true });
const latitudes = (page: Page) => page.getByLabel(/^Latitude of corner/);

async function open(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, "/driving/geofences");
  await expect(mapOf(page)).toBeVisible();
}

/** Clicks the map at places counted from its middle. */
async function clickAt(page: Page, places: readonly Px[]): Promise<void> {
  const box = (await mapOf(page).boundingBox())!;
  for (const { x, y } of places) await page.mouse.click(box.x + box.width / 2 + x, box.y + box.height / 2 + y);
}

async function dragBetween(page: Page, from: Px, to: Px): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

/** Where the corners are on the screen after the map has been fitted to them. */
async function cornersOnScreen(page: Page): Promise<Px[]> {
  const read = async (fields: Locator) => (await fields.all()).map(async (field) => Number(await field.inputValue()));
  const ys = (await Promise.all(await read(latitudes(page)))).map(mercatorY);
  const xs = (await Promise.all(await read(page.getByLabel(/^Longitude of corner/)))).map(mercatorX);
  const box = (await mapOf(page).boundingBox())!;
  const span = (values: number[]) => Math.max(...values) - Math.min(...values);
  const middle = (values: number[]) => (Math.max(...values) + Math.min(...values)) / 2;
  const scale = Math.min((box.width - 96) / span(xs), (box.height - 96) / span(ys));
  const zoom = Math.min(15, Math.floor(Math.log2(scale / worldSizePx(0)) * 2) / 2);
  return xs.map((x, i) => ({
    x: box.x + box.width / 2 + (x - middle(xs)) * worldSizePx(zoom),
    y: box.y + box.height / 2 + (ys[i]! - middle(ys)) * worldSizePx(zoom),
  }));
}

const between = (a: Px, b: Px): Px => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

test("a polygon is drawn by mouse, corrected, saved, renamed and reshaped, and found from map and list alike", async ({
  page,
}) => {
  await open(page);
  const SQUARE = [
    { x: -90, y: -70 },
    { x: 90, y: -70 },
    { x: 90, y: 70 },
    { x: -90, y: 70 },
  ];
  await test.step("corners by clicks, the last one taken back, a border that crosses itself explained", async () => {
    await page.getByRole("button", { name: "Draw polygon" }).click();
    const [a, b, c, d] = SQUARE as [Px, Px, Px, Px];
    await clickAt(page, [a, c, b, d, { x: 0, y: 120 }]);
    await expect(latitudes(page)).toHaveCount(5);
    await page.keyboard.press("Backspace");
    await expect(latitudes(page)).toHaveCount(4);
    await page.keyboard.press("Enter");
    const form = page.getByRole("form", { name: "New polygon" });
    await expect(form.getByRole("alert")).toContainText("Its border crosses itself");
    await form.getByLabel("Name").fill(NAMES.drawn);
    await form.getByRole("button", { name: "Save geofence" }).click();
    await expect(form).toBeVisible();
    for (const _ of [1, 2, 3, 4]) await form.getByRole("button", { name: "Undo" }).click();
    await expect(latitudes(page)).toHaveCount(1);
    await clickAt(page, [b, c, d, a]);
    await expect(form.getByText("Drag corners to move them")).toBeVisible();
    await expect(latitudes(page)).toHaveCount(4);
    await form.getByRole("button", { name: "Save geofence" }).click();
    await expect(itemOf(page, NAMES.drawn)).toContainText("polygon, 4 corners");
  });

  await test.step("it is chosen on the map and left again", async () => {
    const chosen = itemOf(page, NAMES.drawn).getByRole("button", { name: NAMES.drawn, exact: true });
    await expect(chosen).toHaveAttribute("aria-pressed", "true");
    await clickAt(page, [{ x: 0, y: -370 }]);
    await expect(chosen).toHaveAttribute("aria-pressed", "false");
    await clickAt(page, [{ x: 0, y: 0 }]);
    await expect(chosen).toHaveAttribute("aria-pressed", "true");
  });

  await test.step("a corner moves, another one comes in between, and both stay", async () => {
    await page.getByRole("button", { name: `Edit ${NAMES.drawn}` }).click();
    await expect(latitudes(page)).toHaveCount(4);
    const before = await latitudes(page).first().inputValue();
    const [first, second, third] = (await cornersOnScreen(page)) as [Px, Px, Px];
    await dragBetween(page, first, { x: first.x + 60, y: first.y + 50 });
    await expect(latitudes(page).first()).not.toHaveValue(before);
    const middle = between(second, third);
    await dragBetween(page, middle, { x: middle.x + 40, y: middle.y });
    await expect(latitudes(page)).toHaveCount(5);
    await page.getByLabel("Name").fill(NAMES.renamed);
    await page.getByRole("button", { name: "Save geofence" }).click();
    await expect(itemOf(page, NAMES.renamed)).toContainText("polygon, 5 corners");
    await page.reload();
    await expect(itemOf(page, NAMES.renamed)).toContainText("polygon, 5 corners");
    await expect(itemOf(page, NAMES.drawn)).toHaveCount(0);
  });
});

test("without a mouse: corners, centre and radius are typed, a corner goes, what is wrong is said", async ({
  page,
}) => {
  await open(page);
  await page.getByRole("button", { name: "Draw polygon" }).press("Enter");
  await page.getByLabel("Name").fill(NAMES.typed);
  const corners = [[38.6, -9.3], [38.6, -9.2], [38.7, -9.2], [39, -9.9]] as const; // prettier-ignore
  for (const [index, [lat, lon]] of corners.entries()) {
    await page.getByRole("button", { name: "Add corner" }).press("Enter");
    await page.getByLabel(`Latitude of corner ${index + 1}`).fill(String(lat));
    await page.getByLabel(`Longitude of corner ${index + 1}`).fill(String(lon));
  }
  await page.getByRole("button", { name: "Remove corner 4" }).press("Enter");
  await page.getByLabel("Latitude of corner 3").fill("387");
  await page.getByLabel("Name").press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Corner 3 is not a place" })).toBeVisible();
  await page.getByLabel("Latitude of corner 3").fill("38.7");
  await page.getByLabel("Name").press("Enter");
  await expect(itemOf(page, NAMES.typed)).toContainText("polygon, 3 corners");

  await page.getByRole("button", { name: "Draw circle" }).press("Enter");
  await page.getByLabel("Name").fill(NAMES.typed);
  await page.getByLabel("Latitude").fill("38.75");
  await page.getByLabel("Longitude").fill("-9.1");
  await page.getByLabel("Radius").fill("500");
  await page.getByRole("button", { name: "Save geofence" }).press("Enter");
  await expect(page.getByText("Another one has this name.")).toBeVisible();
  await page.getByLabel("Name").fill(NAMES.circle);
  await page.getByRole("button", { name: "Save geofence" }).press("Enter");
  await expect(itemOf(page, NAMES.circle)).toContainText("circle, 500 m radius");
});

test("areas of a file are imported or refused one by one, exported alike, and deleted unless a rule needs them", async ({
  page,
}) => {
  await open(page);
  const feature = (name: string, lon: number, radiusM: number) => ({
    ...{ type: "Feature", properties: { name, radiusM } },
    geometry: { type: "Point", coordinates: [lon, 38.5] },
  });
  const upload = async (...features: unknown[]) => {
    const text = JSON.stringify({ type: "FeatureCollection", features });
    const file = { name: "sites.geojson", mimeType: "application/geo+json", buffer: Buffer.from(text) };
    await page.getByLabel("GeoJSON file").setInputFiles(file);
    await page.getByRole("button", { name: "Add geofences" }).click();
  };
  await page.getByRole("button", { name: "Import" }).click();
  await upload(feature("E2E north", -9, 200), feature("E2E tiny", -9, 1), feature("E2E far", -999, 200));
  const faults = page.getByRole("dialog").getByRole("alert");
  await expect(faults).toContainText("2 of 3 areas cannot be used, so none was added.");
  await expect(faults).toContainText("E2E tiny: The radius is 10 m to 500 km.");
  await upload(feature("E2E north", -9, 200), feature("E2E south", -9.05, 300));
  await expect(page.getByText("2 geofences added", { exact: true })).toBeVisible();
  await expect(itemOf(page, "E2E south")).toContainText("circle, 300 m radius");

  const exported = await (await page.request.get("/api/v1/driving/geofences/export")).json();
  expect((exported as { features: unknown[] }).features).toContainEqual(feature("E2E south", -9.05, 300));

  await test.step("one that limits a rule is kept", async () => {
    const { items } = (await (await page.request.get("/api/v1/driving/geofences")).json()) as {
      items: { id: string; name: string }[];
    };
    const geofenceIds = items.filter(({ name }) => name === "E2E south").map(({ id }) => id);
    const answer = await page.evaluate(
      async (body) => {
        const headers = { "content-type": "application/json" };
        const response = await fetch("/api/v1/driving/rules", { method: "POST", headers, body });
        return { status: response.status, id: ((await response.json()) as { id: string }).id };
      },
      JSON.stringify({ name: "E2E south only", source: "speed", limitKmh: 200, geofenceIds }),
    );
    expect(answer.status).toBe(201);
    await page.reload();
    await expect(itemOf(page, "E2E south")).toContainText("limits E2E south only");
    await page.getByRole("button", { name: "Delete E2E south" }).click();
    await expect(page.getByRole("dialog")).toContainText("It limits E2E south only");
    await page.getByRole("button", { name: "Keep geofence" }).click();
    await page.evaluate((id) => fetch(`/api/v1/driving/rules/${id}`, { method: "DELETE" }), answer.id);
    await page.reload();
  });
  for (const name of ["E2E south", "E2E north", NAMES.circle, NAMES.typed, NAMES.renamed]) {
    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await page.getByRole("button", { name: "Delete geofence" }).click();
    await expect(itemOf(page, name)).toHaveCount(0);
  }
});

for (const [name, viewport] of Object.entries(WIDTHS)) {
  test(`axe finds nothing serious on the page of geofences, ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await signIn(page, "/driving/geofences");
    await checkPages(page, ["/driving/geofences"]);
  });
}
