import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldsOf } from "#lib/forms/fields-of";
import { SchemaForm } from "./schema-form.tsx";

const params = z.object({
  priceUsdPerKwh: z.number().min(0).max(2).default(0.24).meta({ label: "Energy price", unit: "$/kWh" }),
  powerKw: z.number().min(1.4).max(350).meta({ label: "Charger power", unit: "kW" }),
  method: z.enum(["exact", "fast"]).default("exact").meta({ label: "Method" }),
  sensorCodes: z.array(z.string()).nullable().default(null).meta({ label: "Sensors" }),
  isWeekday: z.boolean().default(true).meta({ label: "Weekdays" }),
  ranges: z
    .array(z.object({ a: z.number() }))
    .default([])
    .meta({ label: "Own limits" }),
});
const fields = fieldsOf(z.toJSONSchema(params, { io: "input" }));
const draw = (extra: Partial<Parameters<typeof SchemaForm>[0]> = {}) =>
  renderToStaticMarkup(<SchemaForm fields={fields} onSubmit={() => undefined} submitLabel="Run" {...extra} />);

describe("SchemaForm", () => {
  it("draws each field with label, unit, default and limits, and leaves nested members out", () => {
    const html = draw();
    for (const text of ["Energy price", "$/kWh", 'value="0.24"', "1.4 to 350", "Method", "Sensors", "Weekdays"]) {
      expect(html).toContain(text);
    }
    expect(html).not.toContain("Own limits");
  });

  it("offers the way back to a default once the value differs", () => {
    expect(draw()).not.toContain("reset");
    expect(draw({ initial: { priceUsdPerKwh: 0.38 } })).toContain("default 0.24");
  });

  it("shows a server error at the input its pointer names, and others above the form", () => {
    const html = draw({
      pointerPrefix: "/params",
      errors: [
        { pointer: "/params/powerKw", detail: "Above the site limit." },
        { pointer: "/inputs", detail: "The dataset is gone." },
      ],
    });
    expect(html.match(/aria-invalid="true"/g)).toHaveLength(1);
    expect(html).toContain("Above the site limit.");
    expect(html.indexOf("The dataset is gone.")).toBeLessThan(html.indexOf("Energy price"));
  });
});
