import { expect, test } from "vitest";
import { FAULT_KINDS } from "../detector/types.ts";
import { NETWORK_CHECKS } from "../checks/network/schema.ts";
import { CHECKS } from "../checks/range-step-stuck/schema.ts";
import { CAUSE_DOMAIN, CAUSE_IDS, CAUSE_OF_CHECK, CAUSE_OF_KIND, causeName, causeNumber } from "./fault-causes.ts";

test("every kind of fault and every check that flags values has one cause, and every cause a name", () => {
  expect(CAUSE_OF_KIND.map(({ kind }) => kind).sort()).toEqual([...FAULT_KINDS].sort());
  const ofTimes = ["gap", "late", "silent"];
  expect(CAUSE_OF_CHECK.map(({ check }) => check).sort()).toEqual(
    [...CHECKS.filter((check) => !ofTimes.includes(check)), ...NETWORK_CHECKS].sort(),
  );
  expect(CAUSE_IDS.map(causeName)).toEqual(CAUSE_DOMAIN.categories);
  expect(causeNumber("drift")).toBe(CAUSE_OF_KIND.find(({ kind }) => kind === "drift")?.cause);
  for (const { cause } of CAUSE_OF_KIND) expect(CAUSE_DOMAIN.categories?.[cause - 1]).toBeTruthy();
});
