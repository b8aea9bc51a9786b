import { expect, test } from "vitest";
import { openSecret, sealSecret } from "./seal.ts";

test("a sealed secret opens for what it belongs to, and says nothing of itself", () => {
  const sealed = sealSecret("key-of-the-source", "pipeline/a");
  expect(sealed).not.toContain("key-of-the-source");
  expect(openSecret(sealed, "pipeline/a")).toBe("key-of-the-source");
  expect(sealSecret("key-of-the-source", "pipeline/a")).not.toBe(sealed);
});

test("moved to another row, or changed, it does not open, and the sentence says what to do", () => {
  const sealed = sealSecret("secret", "pipeline/a");
  const refusal = expect.objectContaining({
    code: "unprocessable",
    message: expect.stringContaining("again") as string,
  });
  expect(() => openSecret(sealed, "pipeline/b")).toThrow(refusal);
  expect(() => openSecret(`${sealed.slice(0, -3)}AAA`, "pipeline/a")).toThrow(refusal);
  expect(() => openSecret("nonsense", "pipeline/a")).toThrow(refusal);
});
