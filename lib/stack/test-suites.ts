import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AppError, messageOf } from "#lib/errors";
import { ensureBubblewrap } from "./bubblewrap.ts";
import { ensureBuild, ensurePrismaClient } from "./build.ts";
import { ensureChromium } from "./chromium.ts";
import { repositoryRoot } from "./repository-root.ts";
import { runTool, type ToolRun } from "./run-tool.ts";
import { judgeSuite, readPlaywrightReport, readVitestReport, type Counts, type SuiteResult } from "./test-results.ts";

type Say = (line: string) => void;
type Verdict = Counts & { note?: string };

interface Suite {
  name: string;
  run: (say: Say) => Promise<Verdict>;
}

const REPORTS = join(repositoryRoot, "test-results", "reports");

/** The longest first: they run two at a time. */
const CHECKS: Suite[] = [
  staticCheck("lint", [{ tool: "eslint", args: [".", "--max-warnings", "0"] }]),
  staticCheck("format", [{ tool: "prettier", args: ["--check", "--log-level", "warn", "."] }]),
  staticCheck("types", [
    // The types of routes and layouts are generated; without them a fresh clone would not compile.
    { tool: "next", args: ["typegen"] },
    { tool: "tsc", args: ["--noEmit", "-p", "."] },
  ]),
  staticCheck("boundaries", [{ tool: "depcruise", args: ["app", "components", "lib", "bin"] }]),
  staticCheck("unused", [{ tool: "knip", args: [] }]),
  staticCheck("migrations", [{ tool: "node", args: ["bin/check-migrations.ts"] }]),
  staticCheck("lock file", [{ tool: "node", args: ["bin/complete-lock.ts", "--check"] }]),
];

const PRISMA_CLIENT: Suite = {
  name: "prisma client",
  run: async () => {
    await ensurePrismaClient();
    return { passed: 0, failed: 0, skipped: 0 };
  },
};

const GROUPS: Record<string, Suite[]> = {
  check: CHECKS,
  unit: [{ name: "unit", run: (say) => runVitest("unit", say) }],
  db: [{ name: "db", run: (say) => runVitest("db", say) }],
  e2e: [{ name: "e2e", run: runPlaywright }],
};

/** The suites of the named groups, of all when none is named, in the order they run in. */
export function selectSuites(names: string[]): Suite[] {
  const known = Object.keys(GROUPS);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError("invalid_input", `There is no suite ${unknown.join(", ")}. Choose from ${known.join(", ")}.`);
  }
  return Object.entries(GROUPS)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .flatMap(([, suites]) => suites);
}

/**
 * Runs the suites one after the other, static checks two at a time; whatever goes wrong in one is its failure, the next
 * runs all the same.
 */
export async function runSuites(suites: Suite[], say: Say): Promise<SuiteResult[]> {
  mkdirSync(REPORTS, { recursive: true });
  const prepared = await runSuite(PRISMA_CLIENT, say);
  // Set-up is no test: it shows in the sum only when nothing after it can be trusted.
  if (prepared.failed > 0) return [prepared];
  const results: SuiteResult[] = [];
  const waiting = suites.filter((suite) => CHECKS.includes(suite));
  const lane = async (queue: Suite[]) => {
    for (let suite = queue.shift(); suite; suite = queue.shift()) {
      say(`── ${suite.name}`);
      results.push(await runSuite(suite, say));
    }
  };
  await Promise.all([lane(waiting), lane(waiting)]);
  await lane(suites.filter((suite) => !CHECKS.includes(suite)));
  return results;
}

async function runSuite({ name, run }: Suite, say: Say): Promise<SuiteResult> {
  const startedMs = performance.now();
  const verdict = await run(say).catch((error: unknown) => broken(messageOf(error)));
  return { name, ...verdict, durationMs: performance.now() - startedMs };
}

function staticCheck(name: string, steps: Omit<ToolRun, "live">[]): Suite {
  return {
    name,
    run: async (say) => {
      for (const step of steps) {
        const { exitCode, output } = await runTool({ ...step, live: false });
        if (exitCode === 0) continue;
        say(output.trimEnd());
        return { passed: 0, failed: 1, skipped: 0 };
      }
      return { passed: 1, failed: 0, skipped: 0 };
    },
  };
}

async function runVitest(project: string, say: Say): Promise<Verdict> {
  ensureBubblewrap(say);
  const report = freshReport(project);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { exitCode } = await runTool({ tool: "vitest", args: ["run", "--project", project, ...reporters], live: true });
  return judgeSuite(readReport(report, readVitestReport), exitCode);
}

async function runPlaywright(say: Say): Promise<Verdict> {
  const folder = join(repositoryRoot, "e2e");
  const hasSpecs = existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".spec.ts"));
  if (!hasSpecs) return broken("there are no specs in e2e/");
  const browser = ensureChromium(say);
  if ("missing" in browser) return broken(browser.missing);
  await ensureBuild(say);
  const report = freshReport("e2e");
  const env = { CHROMIUM_PATH: browser.path, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_HTML_OPEN: "never" };
  const { exitCode } = await runTool({ tool: "playwright", args: ["test", "--reporter=list,json"], env, live: true });
  return judgeSuite(readReport(report, readPlaywrightReport), exitCode);
}

function broken(note: string): Verdict {
  return { passed: 0, failed: 1, skipped: 0, note };
}

/** An older report must not be mistaken for this run's. */
function freshReport(name: string): string {
  const path = join(REPORTS, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

function readReport(path: string, read: (text: string) => Counts): Counts | null {
  try {
    return read(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
