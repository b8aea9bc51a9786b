import { expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { orderByKeys } from "./radix-order.ts";

it.each([1, 50, 3_000, 5e6, 3e12])("orders keys up to %d as a stable sort does", (most) => {
  const rng = createRandom("keys");
  const keys = Float64Array.from({ length: 500 }, () => rng.integer(-most, most));
  const rows = Uint32Array.from(keys, (_, row) => row);
  expect([...orderByKeys(rows.slice(), keys)]).toEqual([...rows].sort((a, b) => keys[a]! - keys[b]! || a - b));
});

it("orders nothing and one", () => {
  expect([...orderByKeys(new Uint32Array(), new Float64Array())]).toEqual([]);
  expect([...orderByKeys(Uint32Array.of(0), Float64Array.of(7))]).toEqual([0]);
});
