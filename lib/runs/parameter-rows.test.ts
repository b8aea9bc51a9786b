import { expect, test } from "vitest";
import { parameterRows } from "./parameter-rows.ts";

const schema = {
  properties: {
    gapSteps: { type: "number", default: 3, label: "Gap from", unit: "usual steps", minimum: 1.1, maximum: 1000 },
    ranges: { type: "array", default: [], label: "Own limits", hint: "Replaces the built-in limits." },
    mode: { type: "string", label: "Mode" },
  },
};

test("rows stand in the order of the schema, with label, unit and range", () => {
  const rows = parameterRows(schema, { mode: "fast", gapSteps: 3, ranges: [] });
  expect(rows.map(({ label }) => label)).toEqual(["Gap from", "Own limits", "Mode"]);
  expect(rows[0]).toMatchObject({ value: "3", unit: "usual steps", isDefault: true, hint: "1.1 to 1,000" });
});

test("what differs from the default says so; a parameter without default never does", () => {
  const rows = parameterRows(schema, { gapSteps: 4, ranges: [{ a: 1 }], mode: "fast" });
  expect(rows.map(({ isDefault }) => isDefault)).toEqual([false, false, true]);
  expect(rows[1]?.value).toBe("1 entry");
});

test("a parameter that today's schema does not know is still shown", () => {
  expect(parameterRows(schema, { old: true }).at(-1)).toMatchObject({ name: "old", label: "old", value: "yes" });
});
