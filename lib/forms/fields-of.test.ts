import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldsOf, type FormField } from "./fields-of.ts";

function fieldFor(member: z.ZodType): FormField | undefined {
  return fieldsOf(z.toJSONSchema(z.object({ member }), { io: "input", unrepresentable: "any" }))[0];
}

describe("fieldsOf", () => {
  it("carries label, unit, hint, limits and default of a number", () => {
    const price = z
      .number()
      .min(0)
      .max(2)
      .default(0.24)
      .meta({ label: "Energy price", unit: "$/kWh", hint: "Retail." });
    expect(fieldFor(price)).toEqual({
      name: "member",
      pointer: "/member",
      label: "Energy price",
      kind: "number",
      unit: "$/kWh",
      hint: "Retail.",
      min: 0,
      max: 2,
      default: 0.24,
      required: false,
      nullable: false,
    });
  });

  it("does not offer an option whose need the installation lacks", () => {
    const engine = z
      .enum(["duckdb", "spark"])
      .default("duckdb")
      .meta({ optionNeeds: { spark: "Spark" } });
    const schema = z.toJSONSchema(z.object({ engine }), { io: "input" });
    const [offered, withheld] = [fieldsOf(schema)[0]?.options, fieldsOf(schema, ["Spark"])[0]?.options];
    expect(offered).toEqual([
      { value: "duckdb", label: "duckdb" },
      { value: "spark", label: "spark" },
    ]);
    expect(withheld).toEqual([
      { value: "duckdb", label: "duckdb" },
      { value: "spark", label: "spark (not set up here)", disabled: true },
    ]);
  });

  it("takes the safe integer bounds of zod for no limit", () => {
    const field = fieldFor(z.int());
    expect(field).toMatchObject({ kind: "integer", required: true });
    expect(field?.min).toBeUndefined();
    expect(field?.max).toBeUndefined();
  });

  it("tells exclusive limits and steps", () => {
    expect(fieldFor(z.number().positive().max(10).multipleOf(0.5))).toMatchObject({
      min: 0,
      minExclusive: true,
      max: 10,
      step: 0.5,
    });
  });

  it("reads “or null” off both ways of writing it", () => {
    expect(fieldFor(z.number().min(1).nullable().default(null))).toMatchObject({
      kind: "number",
      min: 1,
      nullable: true,
      default: null,
      required: false,
    });
    expect(fieldFor(z.string().nullable().meta({ label: "Note" }))).toMatchObject({
      kind: "text",
      label: "Note",
      nullable: true,
      required: false,
    });
  });

  it("keeps label and unit that stand inside of “or null”", () => {
    expect(fieldFor(z.number().meta({ label: "Limit", unit: "kW" }).nullable())).toMatchObject({
      label: "Limit",
      unit: "kW",
    });
  });

  it("offers the values of enums, literals and unions of literals as choices", () => {
    const words = [
      { value: "daily-peak", label: "daily peak" },
      { value: "mean", label: "mean" },
    ];
    expect(fieldFor(z.enum(["daily-peak", "mean"]))).toMatchObject({ kind: "select", options: words });
    expect(fieldFor(z.union([z.literal("daily-peak"), z.literal("mean")]))).toMatchObject({ options: words });
    expect(fieldFor(z.literal([15, 60]))?.options?.map(({ value }) => value)).toEqual([15, 60]);
  });

  it("makes a yes, no or nothing choice of a boolean that may be null", () => {
    expect(fieldFor(z.boolean())).toMatchObject({ kind: "boolean" });
    const options = [{ label: "yes" }, { label: "no" }];
    expect(fieldFor(z.boolean().nullable())).toMatchObject({ kind: "select", options });
  });

  it("knows lists of free and of chosen texts", () => {
    const codes = z.array(z.string()).min(1).max(9).nullable();
    expect(fieldFor(codes)).toMatchObject({ kind: "list-of-text", min: 1, max: 9 });
    expect(fieldFor(z.array(z.enum(["a", "b"])))?.options).toHaveLength(2);
  });

  it("reports nested members as unsupported instead of dropping them", () => {
    const nested = [z.array(z.object({ a: z.number() })), z.object({ a: z.number() }), z.array(z.number()), z.date()];
    for (const member of nested) expect(fieldFor(member)).toMatchObject({ kind: "unsupported", label: "Member" });
    expect(fieldFor(z.union([z.string(), z.number()]))?.kind).toBe("unsupported");
  });

  it("makes a sentence of a name without a label and escapes it in the pointer", () => {
    const schema = z.object({ falseAlarmsPerMonth: z.number(), "a/b~c": z.string() });
    const [first, second] = fieldsOf(z.toJSONSchema(schema, { io: "input" }));
    expect(first?.label).toBe("False alarms per month");
    expect(second?.pointer).toBe("/a~1b~0c");
  });

  it("has no field for an empty object and rejects what is no schema", () => {
    expect(fieldsOf(z.toJSONSchema(z.object({})))).toEqual([]);
    expect(() => fieldsOf("number")).toThrow();
  });
});
