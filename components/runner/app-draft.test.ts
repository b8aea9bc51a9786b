import { expect, it } from "vitest";
import { newAppBody, NEW_APP, readManifestText, slugOf } from "./app-draft.ts";

it("makes a slug of a name", () => {
  expect(["Hourly means", "  Änderung 2! ", "--"].map(slugOf)).toEqual(["hourly-means", "nderung-2", ""]);
});

it("sends a token only with a repository, and no manifest where none was typed", () => {
  const draft = { ...NEW_APP, name: "Means", url: " https://example.org/r.git ", token: "secret" };
  expect(newAppBody({ ...draft, kind: "git" }, null)).toEqual({
    name: "Means",
    slug: "means",
    source: { kind: "git", url: "https://example.org/r.git", ref: "main" },
    takesDropped: false,
    manifest: null,
    gitToken: "secret",
  });
  expect(newAppBody(draft, "u")).not.toHaveProperty("gitToken");
});

it("says what is missing or unreadable before anything is sent", () => {
  expect(() => newAppBody(NEW_APP, null)).toThrow("Choose the zip");
  expect(() => readManifestText("{")).toThrow("no valid JSON");
});
