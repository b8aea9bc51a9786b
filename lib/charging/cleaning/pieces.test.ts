import { expect, it } from "vitest";
import { joinPieces } from "./pieces.ts";

it("joins the pieces of a splitter in their order, however they come", () => {
  const pieces = joinPieces(["2_a.csv", "0_a.csv", "a.csv", "10_a.csv", "1_a.csv", "0_b.csv", "2019_c.csv"]);
  expect([...pieces]).toEqual([["a.csv", ["0_a.csv", "1_a.csv", "2_a.csv"]]]);
});
