import { describe, expect, test } from "vitest";
import { originOf, pagePolicy, securityHeaders } from "./security-headers.ts";

const context = {
  nonce: "bm9uY2U=",
  isDevelopment: false,
  isHttps: true,
  storageOrigins: ["https://files.example"],
  tileOrigin: "https://tiles.example",
};
const directive = (policy: string, name: string) => policy.split("; ").find((part) => part.startsWith(`${name} `));

describe("the policy of a page", () => {
  test("runs scripts by nonce only", () => {
    expect(directive(pagePolicy(context), "script-src")).toBe("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
  });

  test("allows eval in development alone", () => {
    expect(pagePolicy({ ...context, isDevelopment: true })).toContain("'unsafe-eval'");
    expect(pagePolicy(context)).not.toContain("unsafe-eval");
  });

  test("lets requests reach the portal and its storage, images the tile server, nothing else", () => {
    const policy = pagePolicy(context);
    expect(directive(policy, "connect-src")).toBe("connect-src 'self' https://files.example");
    expect(directive(policy, "img-src")).toBe("img-src 'self' data: blob: https://tiles.example");
    expect(directive(pagePolicy({ ...context, tileOrigin: null }), "img-src")).toBe("img-src 'self' data: blob:");
    expect(directive(policy, "frame-ancestors")).toBe("frame-ancestors 'none'");
  });
});

test("strict transport is asked for over https only: over http it would lock a laptop out", () => {
  expect(securityHeaders({ isHttps: true })).toHaveProperty("strict-transport-security");
  expect(securityHeaders({ isHttps: false })).not.toHaveProperty("strict-transport-security");
});

test.each([
  ["https://tile.openstreetmap.org/{z}/{x}/{y}.png", "https://tile.openstreetmap.org"],
  ["https://{s}.tiles.example/{z}/{x}/{y}.png?key=1", "https://*.tiles.example"],
  ["http://127.0.0.1:59000", "http://127.0.0.1:59000"],
  ["none", null],
  ["", null],
  [undefined, null],
])("the origin of %s is %s", (url, origin) => {
  expect(originOf(url)).toBe(origin);
});
