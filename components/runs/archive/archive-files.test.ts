import { expect, test } from "vitest";
import type { RunDetail } from "#lib/runs/schema";
import { archivesOf, entryHref, firstShown } from "./archive-files.ts";

const file = (name: string, direction: "input" | "output") =>
  ({ artifactId: name, name, direction, datasetId: null, sha256: "", sizeBytes: 1 }) as RunDetail["artifacts"][number];

test("what was written comes before what was read; logs are no zips", () => {
  const files = [file("may.zip", "input"), file("machine.log", "output"), file("partial.zip", "output")];
  expect(archivesOf(files).map(({ label }) => label)).toEqual(["Partial output", "Input"]);
});

test("a table is opened first, else what can be shown, else nothing", () => {
  const entry = (path: string, kind: "table" | "image" | "none") => ({ path, sizeBytes: 1, kind });
  expect(firstShown([entry("a.png", "image"), entry("b.csv", "table")])?.path).toBe("b.csv");
  expect(firstShown([entry("a.bin", "none"), entry("b.png", "image")])?.path).toBe("b.png");
  expect(firstShown([entry("a.bin", "none")])).toBeNull();
});

test("a path with odd characters survives the address", () => {
  const url = new URL(entryHref("id", "a b/ü&x=1.csv"), "http://localhost");
  expect(url.searchParams.get("path")).toBe("a b/ü&x=1.csv");
});
