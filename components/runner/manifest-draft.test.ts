import { expect, it } from "vitest";
import { ProblemError } from "#lib/http/client";
import { appManifest } from "#lib/runner/core/manifest";
import {
  draftOfManifest,
  manifestErrorOf,
  manifestOfDraft,
  NEW_MANIFEST,
  type ManifestDraft,
} from "./manifest-draft.ts";

const manifest = appManifest.parse({
  ...{ entryPoint: "src/main.py", requirements: "requirements.txt", log: "app.log", python: "3.11", timeout: "15m" },
  ...{ memoryMb: 512, network: true, environment: { REGION: "north=1", MODE: "fast" }, secrets: ["API_KEY", "TOKEN"] },
  parameters: [{ name: "windowMin", type: "integer", default: 10 }],
});

function problems(change: Partial<ManifestDraft>): readonly { pointer: string; detail: string }[] {
  try {
    manifestOfDraft({ ...NEW_MANIFEST, ...change });
  } catch (error) {
    if (error instanceof ProblemError) return error.errors;
    throw error;
  }
  return [];
}

it("gives back the manifest it was made of", () => {
  expect(manifestOfDraft(draftOfManifest(manifest))).toEqual(manifest);
  expect(manifestOfDraft(NEW_MANIFEST)).toEqual(appManifest.parse({ entryPoint: "main.py" }));
});

it.each<[Partial<ManifestDraft>, keyof ManifestDraft, string]>([
  [{ entryPoint: "main.sh" }, "entryPoint", "a Python file"],
  [{ timeout: "soon" }, "timeout", "60s"],
  [{ memoryMb: "1 GB" }, "memoryMb", "a whole number"],
  [{ diskMb: "1" }, "diskMb", "16"],
  [{ log: "../x" }, "log", "inside the app"],
  [{ python: "2.7" }, "python", "3.11"],
  [{ environment: "A=1\nno value" }, "environment", "line 2"],
  [{ environment: "path=1" }, "environment", "capital letters"],
  [{ secrets: "API_KEY, path" }, "secrets", "1 capital letters"],
  [{ parameters: "[" }, "parameters", "no valid JSON"],
  [{ parameters: '[{"name":"a","type":"number"}]' }, "parameters", "0/default"],
])("says at the field what is wrong: %o", (change, member, words) => {
  expect(manifestErrorOf(problems(change), member)).toContain(words);
});

it("names all that is wrong at once", () => {
  const found = problems({ timeout: "soon", entryPoint: "x" });
  expect(found.map(({ pointer }) => pointer).sort()).toEqual(["/manifest/entryPoint", "/manifest/timeout"]);
});
