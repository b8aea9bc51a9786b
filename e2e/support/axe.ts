import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

export const WIDTHS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

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

/** Looks at each page in both themes and reports what axe calls serious. */
export async function checkPages(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    for (const theme of ["light", "dark"]) {
      await page.context().addCookies([{ name: "fp-theme", value: theme, url: test.info().project.use.baseURL! }]);
      await page.goto(path);
      await expect(page.locator("main, [role=main]").first()).toBeVisible();
      expect.soft(await seriousFindings(page, theme), `${path}, ${theme}`).toEqual([]);
    }
  }
}
