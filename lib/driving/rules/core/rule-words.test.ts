import { expect, test } from "vitest";
import { ruleWords } from "./rule-words.ts";

const rule = { source: "speed", limitKmh: 90, percentOver: 0, minDurationS: 0 } as const;

test("a rule says what it judges and leaves out what it does not ask for", () => {
  expect(ruleWords(rule, [])).toBe("over 90 km/h");
  expect(ruleWords({ ...rule, percentOver: 10, minDurationS: 20 }, ["Harbour"])).toBe(
    "over 90 km/h + 10 % for 20 s in Harbour",
  );
  expect(ruleWords({ ...rule, source: "device", limitKmh: null }, ["Harbour", "Depot"])).toBe(
    "over the device’s limit in Harbour or Depot",
  );
});
