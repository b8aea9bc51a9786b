import { expect, it } from "vitest";
import { newAppBody, NEW_APP, slugOf } from "./app-draft.ts";

it("makes a slug of a name", () => {
  expect(["Hourly means", "  Änderung 2! ", "--"].map(slugOf)).toEqual(["hourly-means", "nderung-2", ""]);
});

it("sends a token with a repository, and a manifest only when it was entered", () => {
  const draft = { ...NEW_APP, name: "Means", url: " https://example.org/r.git ", token: "secret" };
  expect(newAppBody({ ...draft, kind: "git" }, null)).toMatchObject({ manifest: null });
  expect(newAppBody({ ...draft, kind: "git", manifestFrom: "form" }, null)).toMatchObject({
    name: "Means",
    slug: "means",
    source: { kind: "git", url: "https://example.org/r.git", ref: "main" },
    takesDropped: false,
    manifest: { entryPoint: "main.py", memoryMb: 1024 },
    gitToken: "secret",
  });
  expect(newAppBody(draft, "u")).not.toHaveProperty("gitToken");
  expect(newAppBody(draft, "u")).toMatchObject({ manifest: null });
  expect(newAppBody({ ...draft, manifestFrom: "form" }, "u")).toMatchObject({ manifest: { entryPoint: "main.py" } });
});

it("says what is missing before anything is sent", () => {
  expect(() => newAppBody(NEW_APP, null)).toThrow("Choose the zip");
});
