import { describe, expect, it } from "vitest";
import { artifactKey, dropPrefix, parseKey, uploadKey } from "./keys.ts";

const ws = "01890000-0000-7000-8000-000000000001";
const up = "01890000-0000-7000-8000-000000000002";

describe("object keys", () => {
  it("lead back to workspace and upload", () => {
    expect(parseKey(uploadKey(ws, up, "a b+ü.csv"))).toEqual({ area: "uploads", workspaceId: ws, uploadId: up });
    expect(parseKey(`${dropPrefix(ws)}2026/x.csv`)).toEqual({ area: "drop", workspaceId: ws, name: "2026/x.csv" });
    expect(parseKey(artifactKey(ws, "ab".repeat(32)))).toEqual({ area: "artifacts", workspaceId: ws });
  });

  it.each(["../../etc/passwd", "..", ".", "a/b/../../c", "a\\..\\b", "\u0000\n"])(
    "never let %j become a path",
    (name) => {
      const key = uploadKey(ws, up, name);
      expect(key.split("/")).toHaveLength(5);
      expect(key.split("/").at(-1)).not.toMatch(/^\.*$/);
    },
  );

  it.each(["", "w", "w/x/uploads/y/z", `w/${ws}/uploads/nope/f`, `w/${ws}/drop/`, `x/${ws}/drop/a`])(
    "are nothing of ours when %j",
    (key) => {
      expect(parseKey(key)).toBeNull();
    },
  );
});
