import { expect, test } from "vitest";
import { matchFaults } from "./match-faults.ts";

const span = (kind: string, beginAtMs: number, endAtMs: number, datastreamId = "1") => ({
  datastreamId,
  kind,
  beginAtMs,
  endAtMs,
});

test("the same kind that overlaps is the same fault, however its ends have moved", () => {
  const [found, stored] = [span("bias", 5, 30), span("bias", 0, 20)];
  expect(matchFaults([found], [stored])).toEqual({ same: [{ found, stored }], added: [], gone: [] });
});

test("a fault whose kind is seen otherwise now is still the same", () => {
  expect(matchFaults([span("drift", 0, 30)], [span("bias", 10, 20)]).same).toHaveLength(1);
});

test("every stored fault is matched once, the same kind before a longer overlap", () => {
  const [bias, spike] = [span("bias", 0, 100), span("spike", 50, 50)];
  const stored = span("spike", 50, 50);
  expect(matchFaults([bias, spike], [stored])).toEqual({ same: [{ found: spike, stored }], added: [bias], gone: [] });
});

test("another time or another datastream is another fault", () => {
  const found = span("bias", 0, 10);
  const others = [span("bias", 11, 20), span("bias", 0, 10, "2")];
  expect(matchFaults([found], others)).toEqual({ same: [], added: [found], gone: others });
});
