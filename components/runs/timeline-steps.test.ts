import { expect, test } from "vitest";
import { timelineSteps } from "./timeline-steps.ts";

const AT = (s: number) => new Date(Date.UTC(2026, 10, 18) + s * 1000).toISOString();
const base = {
  queuedAt: AT(0),
  startedAt: AT(2),
  finishedAt: null,
  expectedStartS: null,
  expectedSteps: [
    { name: "Read", durationS: 3 },
    { name: "Check", durationS: 10 },
    { name: "Write", durationS: 1 },
  ],
};

test("a running run shows its queue, what is done, what runs, and what is still to come", () => {
  const steps = timelineSteps({
    ...base,
    state: "running",
    steps: [
      { name: "Read", startedAt: AT(2), finishedAt: AT(5) },
      { name: "Check", startedAt: AT(5), finishedAt: null },
    ],
  });
  expect(steps.map(({ label, state, startS, endS }) => [label, state, startS, endS])).toEqual([
    ["Queue", "succeeded", 0, 2],
    ["Read", "succeeded", 2, 5],
    ["Check", "running", 5, null],
    ["Write", "queued", null, null],
  ]);
});

test("an ended run expects nothing more, and its last step carries how it ended", () => {
  const steps = timelineSteps({
    ...base,
    state: "failed",
    finishedAt: AT(9),
    steps: [{ name: "Read", startedAt: AT(2), finishedAt: null }],
  });
  expect(steps.map(({ label, state, endS }) => [label, state, endS])).toEqual([
    ["Queue", "succeeded", 2],
    ["Read", "failed", 9],
  ]);
});

test("a queued run waits, with the expected start; one cancelled there ends there", () => {
  const queued = timelineSteps({ ...base, state: "queued", startedAt: null, expectedStartS: 40, steps: [] });
  expect(queued[0]).toMatchObject({ label: "Queue", state: "queued", endS: null, expectedS: 40 });
  const cancelled = timelineSteps({ ...base, state: "cancelled", startedAt: null, finishedAt: AT(4), steps: [] });
  expect(cancelled).toHaveLength(1);
  expect(cancelled[0]).toMatchObject({ state: "cancelled", endS: 4 });
});

test("a step that comes twice has two names", () => {
  const twice = { name: "Read", startedAt: AT(2), finishedAt: AT(3) };
  const steps = timelineSteps({ ...base, state: "succeeded", finishedAt: AT(4), steps: [twice, twice] });
  expect(steps.map(({ label }) => label)).toEqual(["Queue", "Read", "Read 2"]);
});

test("the time a run takes to boot is shown, so that no time is unexplained", () => {
  const steps = timelineSteps({
    ...base,
    state: "running",
    steps: [{ name: "Read", startedAt: AT(4), finishedAt: null }],
  });
  expect(steps.slice(0, 3).map(({ label, startS, endS }) => [label, startS, endS])).toEqual([
    ["Queue", 0, 2],
    ["Start", 2, 4],
    ["Read", 4, null],
  ]);
});

test("of a run whose log was stored after it failed, the step that failed is marked, not the last", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 1, 12, 0, second)).toISOString();
  const steps = ["running", "uploading_logs"].map((name, index) => ({
    ...{ name, startedAt: at(index), finishedAt: at(index + 1) },
  }));
  const times = { queuedAt: at(0), startedAt: at(0), finishedAt: at(2), expectedStartS: null };
  const shown = timelineSteps({ state: "failed", steps, expectedSteps: [], ...times }, "running");
  expect(shown.map(({ label, state }) => `${label} ${state}`)).toEqual([
    ...["Queue succeeded", "Running failed", "Uploading logs succeeded"],
  ]);
});
