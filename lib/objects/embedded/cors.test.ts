import { describe, expect, it } from "vitest";
import { actualHeaders, corsDocument, parseCorsRules, preflightHeaders } from "./cors.ts";
import type { CorsRule } from "./records.ts";

const ANYONE: CorsRule = { origins: ["*"], methods: ["GET"], headers: [], exposeHeaders: [] };
const PORTAL: CorsRule = {
  origins: ["https://portal.example"],
  methods: ["PUT"],
  headers: ["Content-*"],
  exposeHeaders: ["ETag"],
  maxAgeS: 60,
};

function preflight(origin: string, method: string, headers = ""): Record<string, string> {
  const wanted = { origin, "access-control-request-method": method, "access-control-request-headers": headers };
  return preflightHeaders([ANYONE, PORTAL], wanted);
}

describe("cross-origin rules", () => {
  it("rules survive being written and read", () => {
    expect(parseCorsRules(corsDocument([ANYONE, PORTAL]))).toEqual([ANYONE, PORTAL]);
  });

  it("the star never comes with credentials", () => {
    const headers = actualHeaders([ANYONE], "GET", { origin: "https://a.example" });
    expect(headers["access-control-allow-origin"]).toBe("*");
    expect(headers["access-control-allow-credentials"]).toBeUndefined();
  });

  it("the first rule that allows origin, method and all headers answers", () => {
    expect(preflight("https://portal.example", "PUT", "content-type, Content-MD5")).toMatchObject({
      "access-control-allow-origin": "https://portal.example",
      "access-control-allow-headers": "content-type, content-md5",
      "access-control-max-age": "60",
    });
    expect(() => preflight("https://portal.example", "PUT", "content-type, x-other")).toThrow(/not allowed/);
    expect(() => preflight("https://portal.example.evil", "PUT")).toThrow(/not allowed/);
  });

  it.each([
    "<CORSConfiguration/>",
    "<C><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule></C>",
    "<C><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod></CORSRule></C>",
    "<C><CORSRule><AllowedOrigin>*.*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></C>",
  ])("%s is refused", (source) => {
    expect(() => parseCorsRules(source)).toThrow();
  });
});
