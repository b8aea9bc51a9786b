import { expect, test } from "vitest";
import { silentGroups } from "./silent-groups.ts";

const MIN = 60_000;
const at = (code: string, minutes: number) => ({ code, lastObservedAtMs: minutes * MIN });

test("three sensors that stop within half an hour of each other are a group, named by what their ids share", () => {
  const groups = silentGroups([at("KIT-0047", 25), at("KIT-0031", 0), at("KIT-0032", 50)]);
  expect(groups).toEqual([{ codes: ["KIT-0031", "KIT-0032", "KIT-0047"], prefix: "KIT-", sinceMs: 0 }]);
});

test("two are no group, and neither are three that stopped hours apart", () => {
  expect(silentGroups([at("A-1", 0), at("A-2", 1)])).toEqual([]);
  expect(silentGroups([at("A-1", 0), at("A-2", 31), at("A-3", 62)])).toEqual([]);
  expect(silentGroups([])).toEqual([]);
});

test("the largest group stands first; ids without a common beginning have no prefix", () => {
  const groups = silentGroups([
    ...["A-1", "B-2", "C-3"].map((code) => at(code, 0)),
    ...["K-1", "K-2", "K-3", "K-4"].map((code) => at(code, 500)),
  ]);
  expect(groups.map(({ codes, prefix }) => [codes.length, prefix])).toEqual([
    [4, "K-"],
    [3, ""],
  ]);
});
