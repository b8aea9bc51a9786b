import { expect, test } from "vitest";
import { outlast } from "./outlast.ts";

const away = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });

function failing(times: number, error: Error) {
  let calls = 0;
  return { work: () => (++calls <= times ? Promise.reject(error) : Promise.resolve(calls)), calls: () => calls };
}

test("a write that meets an absent database is repeated until it is back", async () => {
  expect(await outlast(failing(3, away).work, 10, 0)).toBe(4);
});

test("after the last try the failure shows", async () => {
  const { work, calls } = failing(100, away);
  await expect(outlast(work, 5, 0)).rejects.toBe(away);
  expect(calls()).toBe(5);
});

test("a failure that would come again is not repeated", async () => {
  const { work, calls } = failing(1, new Error("syntax error"));
  await expect(outlast(work, 5, 0)).rejects.toThrow("syntax error");
  expect(calls()).toBe(1);
});
