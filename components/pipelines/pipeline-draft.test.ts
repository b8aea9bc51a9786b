import { describe, expect, it } from "vitest";
import { sourceConfig } from "#lib/sensors/sources/schema";
import { NEW_DRAFT, toDraft, toSource, type PipelineDraft } from "./pipeline-draft.ts";

const stored = (source: unknown) => ({
  ...{ id: "", slug: "sensor-network", name: "N", source: "", cron: null, runsOnNewData: false, isEnabled: true },
  ...{ nextAt: null, last: null, hasSecret: false, createdBy: "", createdAt: "" },
  settings: { source, historyDays: 12 },
});

describe("a pipeline's form", () => {
  it.each([
    { kind: "files" },
    { kind: "grow", baseUrl: "https://node.example/api" },
    { kind: "wow", box: { west: -4.5, south: 56, east: -2, north: 57 } },
    {
      kind: "http",
      url: "https://a.example/{sensor}?from={from}",
      format: "csv",
      sensorCodes: ["a", "b"],
      timeField: "t",
      properties: [{ field: "v", observedProperty: "air_temperature", unit: "°C" }],
    },
  ])("keeps what is stored of $kind", (source) => {
    const parsed = sourceConfig.parse(source);
    const draft = toDraft(stored(parsed));
    const again = sourceConfig.parse(toSource(draft));
    expect(again).toEqual(parsed);
    expect(draft.historyDays).toBe("12");
  });

  it("leaves an empty number out instead of making it 0", () => {
    const draft: PipelineDraft = { ...NEW_DRAFT, kind: "wow" };
    expect(sourceConfig.safeParse(toSource(draft)).success).toBe(false);
  });
});
