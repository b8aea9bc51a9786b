import { expect, test } from "vitest";
import { decisionSentence, sortDecisions, type Decision } from "./decision.ts";

const decision = (state: Decision["state"], at: string | null = null): Decision => ({
  key: `${state}${at}`,
  state,
  subject: "x",
  words: "",
  detail: "",
  at,
  href: "/",
  action: "Open",
});

test("the sentence counts what needs a person, not finished results", () => {
  expect(decisionSentence([])).toBe("Nothing needs you");
  expect(decisionSentence([decision("info")])).toBe("Nothing needs you");
  expect(decisionSentence([decision("fault"), decision("info")])).toBe("One thing needs you");
  expect(decisionSentence(Array.from({ length: 4 }, () => decision("silent")))).toBe("Four things need you");
  expect(decisionSentence(Array.from({ length: 30 }, () => decision("fault")))).toBe("30 things need you");
});

test("the worst stands first, the newest first among equals", () => {
  const sorted = sortDecisions([
    decision("info", "2026-11-18T14:00:00Z"),
    decision("fault", "2026-11-17T14:00:00Z"),
    decision("silent"),
    decision("fault", "2026-11-18T14:00:00Z"),
  ]);
  expect(sorted.map(({ state, at }) => [state, at])).toEqual([
    ["fault", "2026-11-18T14:00:00Z"],
    ["fault", "2026-11-17T14:00:00Z"],
    ["silent", null],
    ["info", "2026-11-18T14:00:00Z"],
  ]);
});
