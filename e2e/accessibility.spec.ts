import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./support/sign-in.ts";

const WIDTHS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
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
  "/health",
  "/settings",
  "/settings/members",
  "/settings/api-keys",
  "/settings/notifications",
  "/settings/audit",
  "/settings/account",
];

/** The second theme changes colours only, so only they are looked at again. */
async function seriousFindings(page: Page, theme: string): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    theme === "light" ? axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]) : axe.withRules(["color-contrast"])
  ).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(" "))
          .slice(0, 3)
          .join(" | ")}`,
    );
}

async function checkAll(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    for (const theme of ["light", "dark"]) {
      await page.context().addCookies([{ name: "fp-theme", value: theme, url: test.info().project.use.baseURL! }]);
      await page.goto(path);
      await expect(page.locator("main, [role=main]").first()).toBeVisible();
      expect.soft(await seriousFindings(page, theme), `${path}, ${theme}`).toEqual([]);
    }
  }
}

for (const [name, viewport] of Object.entries(WIDTHS)) {
  test(`axe finds nothing serious on any page, ${name}`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.setViewportSize(viewport);
    await checkAll(page, PUBLIC_PATHS);
    await signIn(page);
    const ids = async (path: string) => {
      const { items } = (await (await page.request.get(`/api/v1/${path}`)).json()) as { items: { id: string }[] };
      return items[0]?.id;
    };
    const first = ["sensors", "runs", "datasets", "pipelines"].map(
      async (noun) => `/${noun}/${await ids(`${noun}?limit=1`)}`,
    );
    await checkAll(page, [...PATHS, ...(await Promise.all(first))]);
  });
}
