import { expect, type Page, test } from "@playwright/test";
import { ADMIN, BASE_URL, OIDC } from "./support/portal.ts";

async function goThroughProvider(page: Page, account: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: new RegExp(OIDC.name) }).click();
  await page.waitForURL((url) => url.origin === OIDC.issuer);
  await page.locator("input[name=login]").fill(account);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.origin === OIDC.issuer && url.pathname.startsWith("/interaction/"));
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.origin === BASE_URL);
}

test("somebody with an account signs in through an OpenID Connect provider", async ({ page }) => {
  await goThroughProvider(page, ADMIN.email);
  await expect(page.getByRole("navigation", { name: "Main" }).first()).toBeVisible();
  const session = (await (await page.request.get("/api/v1/session")).json()) as { user: { email: string } };
  expect(session.user.email).toBe(ADMIN.email);
});

test("a provider's account that the portal does not know, or whose address is not verified, is told so", async ({
  page,
}) => {
  await goThroughProvider(page, "stranger@example.org");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText("Nobody with your address is a member here.")).toBeVisible();
});
