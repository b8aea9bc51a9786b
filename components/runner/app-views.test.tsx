import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { appDetail, type AppExecution } from "#lib/runner/schema";
import type { RunState } from "#lib/runs/schema";
import { AppFacts } from "./app-facts.tsx";
import { AppTable } from "./app-table.tsx";
import { commitHref } from "./commit-link.tsx";
import { ExecutionFacts } from "./execution-facts.tsx";

const id = "01920000-0000-7000-8000-000000000001";
const app = appDetail.parse({
  ...{ id, slug: "means", name: "Means", description: "", sourceKind: "git", revisionNo: 2, revisionId: id },
  ...{ isArchived: false, takesDropped: true, createdBy: "Mira", createdAt: "2026-11-01T00:00:00Z" },
  ...{
    succeeded: 3,
    failed: 1,
    machineS: 90,
    costUsd: 0.25,
    concurrencyKey: null,
    meanDurationS: 30.4,
    lastRunAt: "2026-11-02T00:00:00Z",
    codeSha256: null,
  },
  ...{ gitUrl: "https://example.org/r.git", gitRef: "main", commitSha: "a".repeat(40), hasGitToken: true },
  ...{ manifest: { entryPoint: "main.py" }, manifestFrom: "form", secretNames: [], missingSecrets: [], reading: null },
});
const execution: AppExecution = {
  ...{ runId: id, appId: id, appName: "Means", revisionNo: 2, commitSha: null, executor: "sandbox", attempt: 1 },
  ...{ gitUrl: null, timeoutS: 300, memoryMb: 256, diskMb: 512, parameters: [] },
  ...{
    failedStep: "running",
    exitCode: 7,
    durationS: 3.2,
    peakMemoryBytes: 2e7,
    peakDiskBytes: 5e7,
    machineLogId: id,
    appLog: "none",
  },
  ...{ machineS: 90, usdPerHour: 0.1, costUsd: 0.0025 },
  ...{ outputId: null, partialId: null, isLogTruncated: false, settledAt: "2026-11-02T00:00:00Z" },
};

it("shows how the runs of an app went, and nothing for one that never ran", () => {
  const shown = renderToStaticMarkup(<AppTable apps={[app]} timeZone="UTC" now="2026-11-03T00:00:00Z" />);
  expect(shown).toContain("Means");
  expect(shown).toContain("75");
  expect(shown).toContain("$0.25");
  const fresh = { ...app, succeeded: 0, failed: 0, machineS: 0, meanDurationS: null, lastRunAt: null };
  expect(renderToStaticMarkup(<AppTable apps={[fresh]} timeZone="UTC" now="2026-11-03T00:00:00Z" />)).not.toContain(
    "%",
  );
});

it("names commit and limits of an app", () => {
  const shown = renderToStaticMarkup(<AppFacts app={app} />);
  expect(shown).toContain("aaaaaaaaaaaa");
  expect(shown).toContain("128 processes");
  const unread = { ...app, revisionId: null, revisionNo: null, manifest: null };
  expect(renderToStaticMarkup(<AppFacts app={unread} />)).not.toContain("Limits");
  expect(renderToStaticMarkup(<AppTable apps={[unread]} timeZone="UTC" now="2026-11-03T00:00:00Z" />)).toContain(
    "manifest not read yet",
  );
});

const shownOf = (change: Partial<AppExecution>, errorCode: string | null, state: RunState = "failed") =>
  renderToStaticMarkup(<ExecutionFacts execution={{ ...execution, ...change }} run={{ state, errorCode }} />);

it("says where and with which exit code a program ended, and what it used of its limits", () => {
  const shown = shownOf({}, "app_failed");
  expect(shown).toContain("Failed while");
  expect(shown).toMatch(/Exit code<\/dt><dd[^>]*>7</);
  expect(shown).toContain("3.2 s of 5 min");
  expect(shown).toContain("19.1 of 256 MB");
  expect(shown).toContain("47.7 of 512 MB");
  expect(shownOf({ peakDiskBytes: null }, "disk_full")).toContain("more than its 512 MB");
  expect(shown).toContain("none was written");
  expect(shown).toContain("$0.0025 at $0.10 an hour");
  expect(shownOf({ usdPerHour: null, costUsd: null }, "app_failed")).toContain("no price is set");
});

it("says in words why a program without an exit code of its own ended", () => {
  expect(shownOf({ exitCode: -9 }, "app_failed")).toContain("137: killed: out of memory");
  expect(shownOf({ exitCode: null }, "out_of_memory")).toContain("none: killed at its memory limit");
  expect(shownOf({ exitCode: null }, "timed_out")).toContain("none: stopped at its time limit");
});

it("calls a run that somebody ended no failure", () => {
  const shown = shownOf({ exitCode: null, peakDiskBytes: 4096 }, null, "cancelled");
  expect(shown).toContain("Cancelled while");
  expect(shown).toContain("none: it was told to end");
  expect(shown).toContain("&lt; 0.1 of 512 MB");
});

it("links a commit where its host shows commits, and only there", () => {
  const sha = "b".repeat(40);
  expect(commitHref("https://github.com/a/b.git", sha)).toBe(`https://github.com/a/b/commit/${sha}`);
  expect(commitHref("https://gitlab.com/a/g/b", sha)).toBe(`https://gitlab.com/a/g/b/-/commit/${sha}`);
  expect(commitHref("https://git.example.org/a/b", sha)).toBeNull();
});
