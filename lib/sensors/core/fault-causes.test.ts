import { expect, test } from "vitest";
import { FAULT_KINDS } from "../detector/types.ts";
import { CAUSE_DOMAIN, CAUSE_OF_KIND } from "./fault-causes.ts";

test("every kind of fault has one cause, and every cause a name", () => {
  expect(CAUSE_OF_KIND.map(({ kind }) => kind).sort()).toEqual([...FAULT_KINDS].sort());
  for (const { cause } of CAUSE_OF_KIND) expect(CAUSE_DOMAIN.categories?.[cause - 1]).toBeTruthy();
});
