import { mkdirSync } from "node:fs";
import { chromium, type Page } from "@playwright/test";

// Regenerates the pictures of README and guide from a running portal:
// node bin/take-screenshots.ts http://localhost:3000 e-mail password [folder] [names of pages, comma separated]
const [base = "http://localhost:3000", email = "", password = "", folder = "docs/images", only = ""] =
  process.argv.slice(2);
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const THEMES = ["light", "dark"] as const;
const ONLY_README = folder === "docs/images";

async function firstOwner(page: Page): Promise<string> {
  const answer = await page.request.get(`${base}/api/v1/sensors?limit=1&state=fault`);
  const { items } = (await answer.json()) as { items: { owner: string }[] };
  return items[0]?.owner ?? "";
}

async function pathsOf(page: Page): Promise<Record<string, string>> {
  const first = async (api: string) => {
    const answer = await page.request.get(`${base}/api/v1/${api}`);
    const { items } = (await answer.json()) as { items: { id: string }[] };
    return items[0]?.id ?? "";
  };
  const sensor = await first("sensors?q=SEA-0217&limit=1");
  if (ONLY_README) return { sensors: "/sensors", sensor: `/sensors/${sensor}` };
  const [run, dataset] = [await first("runs?limit=1"), await first("datasets?limit=1")];
  const pipeline = await first("pipelines");
  return {
    overview: "/",
    uploads: "/uploads",
    sensors: "/sensors",
    "sensors-list": "/sensors?view=list",
    "sensors-cause": "/sensors?colour=fault-cause&state=fault",
    owners: "/sensors/owners",
    owner: `/sensors/owners/${encodeURIComponent(await firstOwner(page))}`,
    alerts: "/sensors/alerts",
    faults: "/sensors/faults",
    find: "/sensors/find?sensor=SEA-217",
    sensor: `/sensors/${sensor}`,
    runs: "/runs",
    run: `/runs/${run}`,
    "new-run": "/runs/new/range-step-stuck",
    pipelines: "/pipelines",
    pipeline: `/pipelines/${pipeline}`,
    "pipeline-settings": `/pipelines/${pipeline}/settings`,
    "new-pipeline": "/pipelines/new",
    datasets: "/datasets",
    dataset: `/datasets/${dataset}`,
    charging: "/charging",
    tariffs: "/charging/tariffs",
    tariff: "/charging/tariffs/pge-e-19-tou",
    "tariff-editor": "/charging/tariffs/new?from=sdge-ev-tou-5",
    adoption: "/charging/adoption",
    ports: "/charging/ports",
    "charging-map": "/charging/map?county=06085",
    health: "/health",
    settings: "/settings",
    members: "/settings/members",
    keys: "/settings/api-keys",
    notifications: "/settings/notifications",
    audit: "/settings/audit",
    account: "/settings/account",
    api: "/docs/api",
  };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
mkdirSync(folder, { recursive: true });
for (const [sizeName, viewport] of Object.entries(SIZES)) {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(`${base}/sign-in`);
  if (!ONLY_README) await page.screenshot({ path: `${folder}/sign-in-${sizeName}.png` });
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${base}/`);
  for (const [name, path] of Object.entries(await pathsOf(page))) {
    if (only !== "" && !only.split(",").includes(name)) continue;
    for (const theme of THEMES) {
      await context.addCookies([{ name: "fp-theme", value: theme, url: base }]);
      await page.goto(`${base}${path}`);
      // Maps and live pages never go idle; what they draw first is there well within this time.
      await page.waitForTimeout(2500);
      const suffix = ONLY_README ? theme : `${sizeName}-${theme}`;
      await page.screenshot({ path: `${folder}/${name}-${suffix}.png` });
    }
  }
  await context.close();
  if (ONLY_README) break;
}
await browser.close();
