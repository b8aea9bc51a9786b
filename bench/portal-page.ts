import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "@playwright/test";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { findChromium } from "#lib/stack/chromium";
import { waitForHealth } from "#lib/stack/health";
import { findFreePort } from "#lib/stack/ports";

const START = fileURLToPath(new URL("../bin/start.ts", import.meta.url));
const ADMIN = { email: "bench@example.org", password: "a-long-bench-password" };
const READY_MS = 240_000;

/**
 * A page of real Chromium, signed in to a portal of its own (production build, empty folder). `prepare` runs in this
 * process, connected to the portal's database, before anybody signs in.
 */
export async function inPortalPage<T>(prepare: () => Promise<void>, measure: (page: Page) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "fieldport-bench-"));
  // PostgreSQL's own user must pass through.
  chmodSync(dir, 0o755);
  const port = await findFreePort();
  const env = {
    ...process.env,
    ...{ PORT: String(port), FIELDPORT_DATA_DIR: dir, FIELDPORT_TILES_URL: "none" },
    ...{ FIELDPORT_ADMIN_EMAIL: ADMIN.email, FIELDPORT_ADMIN_PASSWORD: ADMIN.password },
  };
  const portal = fork(START, [], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath: findChromium() ?? "", args });
  try {
    const url = `http://localhost:${port}`;
    const reason = await waitForHealth(`${url}/api/v1/health`, READY_MS);
    if (reason !== null) throw new Error(`The portal does not become healthy: ${reason}`);
    process.env.FIELDPORT_DATA_DIR = dir;
    await import("#lib/stack/attached");
    await prepare();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: url });
    await signIn(page);
    return await measure(page);
  } finally {
    await browser.close();
    await closeDb();
    await closePool();
    portal.kill("SIGTERM");
    await once(portal, "exit");
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Waits until the demo network is in: its import would take the processor. */
export async function untilIdle(workspaceId: string): Promise<void> {
  for (let quietRounds = 0; quietRounds < 10;) {
    const live = await systemDb().run.count({ where: { workspaceId, finishedAt: null } });
    const made = await systemDb().dataset.count({ where: { workspaceId } });
    quietRounds = live === 0 && made > 0 ? quietRounds + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function signIn(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Main" }).first().waitFor();
}
