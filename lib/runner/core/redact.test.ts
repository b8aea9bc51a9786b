import { describe, expect, it } from "vitest";
import { LineStream } from "./line-stream.ts";
import { makeRedactor } from "./redact.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const SECRET = "s3cr3t/value+1";
const redactor = makeRedactor([SECRET, "first line\nsecond line"], base64);

describe("a secret", () => {
  it.each([
    ["as it is", `token=${SECRET};`],
    ["in a URL", `https://x/?k=${encodeURIComponent(SECRET)}`],
    ["in base64", `Basic ${base64(SECRET)}`],
    ["in base64 behind a user", base64(`u:${SECRET}`)],
    ["in base64 behind another", base64(`ab:${SECRET}, more`)],
    ["in base64 for URLs", base64(`~~${SECRET}?`).replaceAll("/", "_").replaceAll("+", "-")],
    ["in a URL in small letters", encodeURIComponent(SECRET).toLowerCase()],
    ["a line of it", "second line"],
  ])("%s does not reach a log", (_how, text) => {
    const said = redactor.redact(text);
    expect(said).toContain("•••");
    expect(said).not.toMatch(/s3cr3t|second/);
    // Nothing that can be decoded to a part worth having.
    const decoded = (said.match(/[\w+/-]{4,}/g) ?? []).map((word) => Buffer.from(word, "base64").toString("latin1"));
    expect(decoded.join(" ")).not.toMatch(/s3cr|3t\/v|lue\+/);
  });

  it("is masked in JSON and in forms", () => {
    const odd = makeRedactor(['quo"te and space'], base64);
    expect(odd.redact(JSON.stringify({ k: 'quo"te and space' }))).toBe('{"k":"•••"}');
    expect(odd.redact("k=quo%22te+and+space&x=1")).toBe("k=•••&x=1");
  });

  it("is masked wherever the stream was cut, with and without line ends", () => {
    for (const text of [`a ${SECRET} b\n`, `${"x".repeat(16_380)}${SECRET}${"y".repeat(40_000)}`]) {
      for (const step of [1, 7, 16_384]) {
        const stream = new LineStream(redactor);
        const lines: string[] = [];
        for (let at = 0; at < text.length; at += step) lines.push(...stream.push(text.slice(at, at + step)));
        lines.push(...stream.end());
        expect(lines.join("")).not.toContain("s3cr3t");
        expect(lines.join("").replace("•••", SECRET)).toBe(text.replace("\n", ""));
      }
    }
  });
});

it("cuts lines as they come and gives out the last one without its end", () => {
  const stream = new LineStream(makeRedactor([], base64));
  expect([...stream.push("a\r\nb"), ...stream.push("c\n\nd"), ...stream.end()]).toEqual(["a", "bc", "", "d"]);
});
