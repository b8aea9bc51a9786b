import { describe, expect, it } from "vitest";
import type { FormField } from "./fields-of.ts";
import { draftOf, limitsText, readField } from "./read-field.ts";

function field(members: Partial<FormField>): FormField {
  return { name: "a", pointer: "/a", label: "A", kind: "number", required: true, nullable: false, ...members };
}

describe("readField", () => {
  it("reads numbers the way people write them", () => {
    const texts = ["1,204", "1204", " 0,38 ", "−4", "7.2 kW", "1e3", ".5"];
    const values = texts.map((text) => readField(field({ unit: "kW" }), text).value);
    expect(values).toEqual([1204, 1204, 0.38, -4, 7.2, 1000, 0.5]);
  });

  it("takes nothing but a number for one", () => {
    for (const text of ["0x10", "12 apples", "1.2.3", "1,2,3", "Infinity", "1e999"]) {
      expect(readField(field({}), text).error).toContain("is no number");
    }
  });

  it("names the limits and the likely fix", () => {
    expect(readField(field({ min: 0, max: 100 }), "131").error).toBe("Between 0 and 100.");
    expect(readField(field({ min: 0, max: 1 }), "31").error).toBe("Between 0 and 1. Did you mean 0.31?");
    expect(readField(field({ min: 0, minExclusive: true }), "-7").error).toBe("More than 0. Did you mean 7?");
    expect(readField(field({ kind: "integer" }), "3.2").error).toBe("Whole numbers only. Did you mean 3?");
    expect(readField(field({ step: 0.5 }), "0.7").error).toBe("In steps of 0.5. Did you mean 0.5?");
    expect(readField(field({ step: 0.1 }), "0.3").value).toBe(0.3);
  });

  it("leaves an empty input to the default, to null, or asks for it", () => {
    expect(readField(field({ required: false, default: 2 }), " ")).toEqual({ value: undefined });
    expect(readField(field({ required: false, nullable: true }), "")).toEqual({ value: null });
    expect(readField(field({ min: 1, max: 9 }), "").error).toBe("Enter a number, 1 to 9.");
    expect(readField(field({ kind: "select", options: [] }), "").error).toBe("Choose one.");
  });

  it("returns choices in their own type", () => {
    const options = [15, 60].map((value) => ({ value, label: String(value) }));
    expect(readField(field({ kind: "select", options }), "60")).toEqual({ value: 60 });
    expect(readField(field({ kind: "select", options }), "61").error).toBe("Choose one.");
  });

  it("splits lists at lines and commas, each entry once", () => {
    const list = field({ kind: "list-of-text", min: 1, max: 2 });
    expect(readField(list, "a\nb, a,,")).toEqual({ value: ["a", "b"] });
    expect(readField(list, " ").error).toBe("At least one.");
    expect(readField(list, "a b\nc\nd").error).toBe("At most 2; these are 3.");
    expect(readField({ ...list, nullable: true, required: false }, "")).toEqual({ value: null });
    expect(readField({ ...list, min: 0, required: false, default: ["x"] }, "")).toEqual({ value: [] });
    expect(readField({ ...list, required: false }, "")).toEqual({ value: undefined });
  });

  it("counts the characters of texts", () => {
    expect(readField(field({ kind: "text", max: 3 }), "abcd").error).toBe("At most 3 characters; these are 4.");
    expect(readField(field({ kind: "text", min: 1 }), " ab ")).toEqual({ value: "ab" });
  });
});

describe("draftOf", () => {
  it("comes back unchanged through readField", () => {
    const cases = [
      [field({}), 0.24],
      [field({ kind: "boolean" }), true],
      [field({ kind: "list-of-text" }), ["a", "b"]],
      [field({ nullable: true, required: false }), null],
    ] as const;
    for (const [subject, value] of cases) expect(readField(subject, draftOf(subject, value))).toEqual({ value });
  });
});

describe("limitsText", () => {
  it("says which limits are open", () => {
    expect(limitsText(field({ min: 1.4, max: 350 }))).toBe("1.4 to 350");
    expect(limitsText(field({ min: 0, minExclusive: true, max: 10 }))).toBe("more than 0, at most 10");
    expect(limitsText(field({}))).toBe("");
  });
});
