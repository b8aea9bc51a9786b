import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

export const WIDTHS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

async function seriousFindings(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
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
  await page.context().addCookies([{ name: "fp-theme", value: "light", url: test.info().project.use.baseURL! }]);
  for (const path of paths) {
    await page.goto(path);
    await expect(page.locator("main, [role=main]").first()).toBeVisible();
    const all = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]);
    expect.soft(await seriousFindings(all), `${path}, light`).toEqual([]);
    await page.evaluate(() => {
      document.documentElement.dataset.theme = "dark";
      for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
    });
    // The other theme changes colours only, so only they are looked at again.
    const colours = new AxeBuilder({ page }).withRules(["color-contrast"]);
    expect.soft(await seriousFindings(colours), `${path}, dark`).toEqual([]);
  }
}
