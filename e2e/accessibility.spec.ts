import { test } from "@playwright/test";
import { checkPages, WIDTHS } from "./support/axe.ts";
import { signIn } from "./support/sign-in.ts";

const PUBLIC_PATHS = ["/sign-in", "/forgot", "/docs/api"];
const PATHS = [
  "/",
  "/uploads",
  "/datasets",
  "/runs",
  "/runs/new/range-step-stuck",
  "/sensors",
  "/sensors?view=list",
  "/sensors/owners",
  "/sensors/alerts",
  "/sensors/faults",
  "/sensors/find?sensor=KIT-7",
  "/pipelines",
  "/pipelines/new",
  "/charging",
  "/charging/compare",
  "/charging/map",
  "/charging/tariffs",
  "/charging/tariffs/PGEe19",
  "/charging/tariffs/new?from=pge-e-19-tou",
  "/charging/adoption",
  "/charging/ports",
  "/runner",
  "/runner/new",
  "/driving",
  "/driving/drivers",
  "/driving/replay",
  "/driving/ledger",
  "/health",
  "/settings",
  "/settings/members",
  "/settings/api-keys",
  "/settings/notifications",
  "/settings/audit",
  "/settings/account",
];

// A trace keeps every state of every page, which costs more than looking at them.
test.use({ trace: "off" });

for (const [name, viewport] of Object.entries(WIDTHS)) {
  test(`axe finds nothing serious on any page, ${name}`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.setViewportSize(viewport);
    await checkPages(page, PUBLIC_PATHS);
    await signIn(page);
    const ids = async (path: string) => {
      const { items } = (await (await page.request.get(`/api/v1/${path}`)).json()) as { items: { id: string }[] };
      return items[0]?.id;
    };
    const first = ["sensors", "runs", "datasets", "pipelines"].map(
      async (noun) => `/${noun}/${await ids(`${noun}?limit=1`)}`,
    );
    await checkPages(page, [...PATHS, ...(await Promise.all(first))]);
  });
}
