import { expect, test } from "vitest";
import { joinSpans } from "./join-spans.ts";

const span = (kind: "spike" | "bias", startIndex: number, endIndex: number, score = 2) => ({
  kind,
  startIndex,
  endIndex,
  score,
  magnitude: score,
});

test("spikes of one day are one fault with the size of the largest; others stay apart", () => {
  const joined = joinSpans(
    [span("spike", 0, 1), span("bias", 5, 20), span("spike", 30, 32, 9), span("spike", 200, 201)],
    96,
  );
  expect(joined).toEqual([
    { ...span("spike", 0, 32, 9), rowCount: 3 },
    { ...span("bias", 5, 20), rowCount: 15 },
    { ...span("spike", 200, 201), rowCount: 1 },
  ]);
});

test("spans of a lasting cause are never joined", () => {
  expect(joinSpans([span("bias", 0, 10), span("bias", 11, 20)], 96)).toHaveLength(2);
});
