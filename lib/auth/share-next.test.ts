import { expect, test } from "vitest";
import { shareNext } from "./share-next.ts";

test("callers share a lookup that begins after all of them asked, never one that began before", async () => {
  const ends: ((value: number) => void)[] = [];
  const find = shareNext(() => new Promise<number>((resolve) => ends.push(resolve)));
  const first = find("a");
  const [second, third] = [find("a"), find("a")];
  expect(ends).toHaveLength(1);
  ends[0]?.(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(ends).toHaveLength(2);
  const fourth = find("a");
  ends[1]?.(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  await Promise.resolve();
  ends[2]?.(3);
  expect(await fourth).toBe(3);
  void find("a");
  expect(ends).toHaveLength(4);
});

test("a failure reaches those who shared it, and the next lookup is a new one", async () => {
  let calls = 0;
  const find = shareNext((key) => {
    calls += 1;
    return calls === 1 ? Promise.reject(new Error("away")) : Promise.resolve(`${key} ${calls}`);
  });
  const [first, second] = [find("a"), find("a")];
  await expect(first).rejects.toThrow("away");
  expect(await second).toBe("a 2");
  expect(await find("b")).toBe("b 3");
});
