import { describe, expect, it } from "vitest";
import { isAppError } from "#lib/errors";
import { formatDurationS, parseDurationS } from "./duration.ts";
import { parseManifest, timeoutSOf } from "./manifest.ts";
import { parametersSchema } from "./parameters.ts";

const manifest = (members: object) => JSON.stringify({ entryPoint: "main.py", ...members });

function complaintOf(text: string): string {
  try {
    parseManifest(text);
  } catch (error) {
    if (isAppError(error, "invalid_input")) return error.message;
    throw error;
  }
  return "none";
}

describe("a manifest", () => {
  it("needs an entry point only; the rest has defaults, and reading it again changes nothing", () => {
    const read = parseManifest(manifest({}));
    expect(read).toMatchObject({ input: "input.zip", output: "output.zip", network: false, requirements: null });
    expect(timeoutSOf(read)).toBe(8 * 3600);
    expect(parseManifest(JSON.stringify(read))).toEqual(read);
  });

  it.each([
    ["{", "fieldport.json is no valid JSON"],
    [manifest({ timeout: "8 hours" }), '/timeout: a number and s, m or h, such as "60s", "15m" or "8h"'],
    [manifest({ timeout: "30h" }), "/timeout: from 1s to 24h"],
    [manifest({ memoryMb: 1, diskMb: 1e6 }), "/memoryMb: at least 64. /diskMb: at most 200000"],
    [manifest({ entrypoint: "x.py" }), "entrypoint: no such member"],
    [manifest({ output: "../output.zip" }), '/output: a path inside the app’s folder, such as "data/input.zip"'],
    [manifest({ output: "/etc/passwd" }), "/output: a path inside"],
    [manifest({ output: "input.zip" }), "/output: input, output and log are three different files"],
    [manifest({ entryPoint: "main.sh" }), "/entryPoint: a Python file, such as main.py"],
    [manifest({ environment: { LD_PRELOAD: "x" } }), "a name the runner sets itself"],
    [manifest({ environment: { KEY: "x" }, secrets: ["KEY"] }), "/secrets: KEY is in environment, too"],
    [
      manifest({ parameters: [{ name: "a", type: "integer", default: 3, max: 2 }] }),
      "/parameters/0/default: outside of what it allows",
    ],
  ])("says where %s is wrong", (text, complaint) => {
    expect(complaintOf(text)).toContain(complaint);
  });
});

it("checks parameters as the app declared them and fills in defaults", () => {
  const { parameters } = parseManifest(
    manifest({
      parameters: [
        { name: "windowMin", type: "integer", min: 1, default: 10 },
        { name: "method", type: "choice", choices: ["mean", "median"] },
      ],
    }),
  );
  const schema = parametersSchema(parameters);
  expect(schema.parse({})).toEqual({ windowMin: 10, method: "mean" });
  expect(schema.safeParse({ windowMin: 0 }).success).toBe(false);
  expect(schema.safeParse({ other: 1 }).success).toBe(false);
});

it("reads and writes durations", () => {
  expect(["60s", "15m", "8h", "90s", "8", "1d"].map(parseDurationS)).toEqual([60, 900, 28_800, 90, null, null]);
  expect([60, 900, 28_800, 90].map(formatDurationS)).toEqual(["1m", "15m", "8h", "90s"]);
});
