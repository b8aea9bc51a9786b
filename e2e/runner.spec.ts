import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { ZipFile } from "yazl";
import type { SampleFile } from "./support/sample-files.ts";
import { checkPages } from "./support/axe.ts";
import { signIn } from "./support/sign-in.ts";

const EXAMPLE = fileURLToPath(new URL("../examples/hourly-means/", import.meta.url));

async function zipOf(name: string, files: Record<string, Buffer | string>): Promise<SampleFile> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return { name, mimeType: "application/zip", buffer: await buffer(zip.outputStream) };
}

/** Packed as the example's README says. */
function exampleApp(): Promise<SampleFile> {
  const names = ["main.py", "fieldport.json", "requirements.txt"];
  return zipOf("hourly-means.zip", Object.fromEntries(names.map((name) => [name, readFileSync(`${EXAMPLE}${name}`)])));
}

const log = (page: Page) => page.getByRole("log", { name: "Run log" });

async function runOn(page: Page, input: SampleFile): Promise<void> {
  await page.getByLabel("Input zip").first().setInputFiles(input);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/);
}

test("a newcomer registers the example, watches it run, sees its output, and sees why another input fails", async ({
  page,
}) => {
  await signIn(page, "/runner");
  const status = await page.request.get("/api/v1/runner/status");
  const { isAvailable, reason } = (await status.json()) as { isAvailable: boolean; reason: string | null };
  test.skip(!isAvailable, `Apps cannot be isolated on this machine: ${reason ?? ""}`);

  await test.step("the guide's minute: choose the zip, and the app is there with what its manifest says", async () => {
    await page.getByRole("link", { name: "New app" }).first().click();
    await page.getByRole("button", { name: "Add app" }).click();
    await expect(page.getByText("Choose the zip with the code.").first()).toBeVisible();
    await page.getByLabel("Name").fill("Hourly means");
    await page.getByLabel("Zip", { exact: true }).setInputFiles(await exampleApp());
    await page.getByRole("button", { name: "Add app" }).click();
    await expect(page.getByRole("heading", { name: "Hourly means", level: 1 })).toBeVisible();
    await expect(page.getByText("main.py")).toBeVisible();
    await expect(page.getByLabel("Column of values")).toHaveValue("value");
  });

  const garden = readFileSync(`${EXAMPLE}sample/garden.csv`);
  await test.step("its log comes while it runs, then its output can be looked into", async () => {
    await runOn(page, await zipOf("garden.zip", { "garden.csv": garden, "notes.txt": "kept by the gate" }));
    await expect(log(page)).toContainText("garden.csv:", { timeout: 90_000 });
    const files = page.getByRole("list", { name: "Files in the zip" });
    await expect(files.getByRole("button", { name: "garden-hourly.csv" })).toBeVisible({ timeout: 60_000 });
    const table = page.getByRole("region", { name: "garden-hourly.csv, table" });
    await expect(table.getByRole("columnheader", { name: "mean" })).toBeVisible();
    await expect(table).toContainText("2026-03-01T00:00:00+00:00");
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      files.getByRole("link", { name: "Download garden-hourly.csv" }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe("garden-hourly.csv");
    expect(readFileSync(await saved.path(), "utf8")).toMatch(/^hour,mean,values\n/);
  });

  await test.step("a table is a chart, too: over time, and over its rows", async () => {
    await page.getByRole("radio", { name: "Chart" }).click();
    await expect(page.getByRole("application", { name: /mean 4.20 to 5.20/ })).toBeVisible();
    await page.getByLabel("x", { exact: true }).selectOption({ label: "row by row" });
    await expect(page.getByRole("img", { name: /mean over row: 2 points/ })).toBeVisible();
  });

  await test.step("the log is searched, the input can be looked into, too", async () => {
    await page.getByRole("searchbox").fill("passed over");
    await expect(log(page)).toContainText("notes.txt: passed over");
    await expect(log(page)).not.toContainText("garden.csv:");
    await page.getByRole("radio", { name: "Input" }).click();
    await page.getByRole("button", { name: "notes.txt" }).click();
    await expect(page.getByText("kept by the gate")).toBeVisible();
  });

  await test.step("an input without the columns fails, and its page says why", async () => {
    await page.getByRole("link", { name: /Hourly means, revision/ }).click();
    await runOn(page, await zipOf("other.zip", { "other.csv": "when,what\n2026-03-01T00:10:00Z,2\n" }));
    await expect(page.getByText("The app ended with exit code 1: an error").first()).toBeVisible({ timeout: 90_000 });
    await expect(log(page)).toContainText("No CSV with the columns time and value");
    await expect(page.getByText(/In step “Running”/)).toBeVisible();
  });
  const failed = page.url();

  await test.step("it is run again on the same input with other parameters, and succeeds", async () => {
    await page.getByRole("link", { name: "Rerun with changes" }).click();
    await expect(page.getByText(/other\.zip, as in the earlier run/)).toBeVisible();
    await page.getByLabel("Column of times").fill("when");
    await page.getByLabel("Column of values").fill("what");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL((url) => url.pathname.startsWith("/runs/") && !failed.includes(url.pathname));
    await expect(page.getByRole("button", { name: "other-hourly.csv" })).toBeVisible({ timeout: 90_000 });
  });

  await test.step("the app's page counts both, and no page has a serious finding", async () => {
    await page.goto("/runner");
    await page.getByRole("link", { name: "Hourly means" }).click();
    await expect(page.getByText("exit code 1")).toBeVisible();
    await expect(page.getByText(/3 ended, 67\s?% succeeded/)).toBeVisible();
    const paths = ["/runner", "/runner/new", page.url(), `${page.url()}/settings`, failed];
    await checkPages(
      page,
      paths.map((path) => path.replace(/^https?:\/\/[^/]+/, "")),
    );
  });
});

const BROKEN = `from rows import read_value
for row in range(30):
    print("row", row, flush=True)
read_value({"value": "n/a"})
`;

test("a program that fails says on its page which line of it failed, and that line is found in the log", async ({
  page,
}) => {
  await signIn(page, "/runner/new");
  const { isAvailable } = (await (await page.request.get("/api/v1/runner/status")).json()) as { isAvailable: boolean };
  test.skip(!isAvailable, "Apps cannot be isolated on this machine.");

  await test.step("what is wrong with how it is run stands at the field", async () => {
    await page.getByLabel("Name").fill("Broken");
    const rows = 'def read_value(row):\n    return float(row["value"])\n';
    await page
      .getByLabel("Zip", { exact: true })
      .setInputFiles(await zipOf("b.zip", { "main.py": BROKEN, "rows.py": rows }));
    await page.getByRole("button", { name: "Add app" }).click();
    await expect(page.getByText("no fieldport.json at its top; add it, or enter it here")).toBeVisible();
    await page.getByLabel("How it is run").selectOption({ label: "entered here" });
    await page.getByLabel("Time limit").fill("soon");
    await page.getByRole("button", { name: "Add app" }).click();
    await expect(page.getByLabel("Time limit")).toHaveAccessibleDescription(/such as "60s"/);
    await page.getByLabel("Time limit").fill("1m");
    await page.getByRole("button", { name: "Add app" }).click();
    await expect(page.getByRole("heading", { name: "Broken", level: 1 })).toBeVisible();
    await expect(page.getByText("entered here")).toBeVisible();
  });

  await test.step("the error comes first, its line is one press away", async () => {
    await runOn(page, await zipOf("in.zip", { "a.csv": "a\n1\n" }));
    const error = page.getByRole("figure", { name: "Last error" });
    await expect(error).toContainText("ValueError: could not convert string to float", { timeout: 90_000 });
    await expect(error).toContainText("rows.py, line 2, in read_value");
    await log(page).evaluate((box) => box.scrollTo(0, 0));
    await error.getByRole("link", { name: /of the log/ }).click();
    await expect(log(page).getByText("rows.py", { exact: false })).toBeInViewport();
    await expect(page.getByText("1: an error that it did not catch").last()).toBeVisible();
  });

  await test.step("its page has no serious finding", async () => {
    await checkPages(page, [new URL(page.url()).pathname]);
  });
});
