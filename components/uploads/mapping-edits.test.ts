import { describe, expect, it } from "vitest";
import type { ColumnMapping, MappingQuestion } from "#lib/datasets/core/mapping";
import { adaptMapping, answerOf, answerQuestion, editColumn } from "./mapping-edits.ts";

const mapping: ColumnMapping = {
  kind: "sensor-readings",
  layout: "wide",
  columns: [
    { source: "when", role: "timestamp" },
    { source: "t", role: "value", observedProperty: "air_temperature", unit: "Cel" },
    { source: "id", role: "ignore" },
  ],
  timestamp: { format: "iso", timeZone: "UTC" },
  constants: { property: { from: "file_name" } },
  decimalComma: false,
  positions: "as_is",
};

describe("editColumn", () => {
  it("gives a single role to one column only", () => {
    const edited = editColumn(mapping, { source: "id", to: { role: "timestamp" }, isSingleRole: true });
    expect(edited.columns.map((column) => column.role)).toEqual(["ignore", "value", "timestamp"]);
  });

  it("forgets quantity and unit of what is no value any more", () => {
    const edited = editColumn(mapping, { source: "t", to: { role: "ignore" } });
    expect(edited.columns[1]).toEqual({ source: "t", role: "ignore" });
  });
});

describe("answerQuestion", () => {
  const questions: [MappingQuestion, string][] = [
    [{ id: "time_zone", text: "", options: [], required: true }, "Europe/Berlin"],
    [{ id: "date_order", text: "", options: [], required: true }, "dd/MM/yyyy"],
    [{ id: "unit", column: "t", text: "", options: [], required: true }, "degF"],
    [{ id: "property", column: "t", text: "", options: [], required: true }, "water_temperature"],
    [{ id: "property", text: "", options: [], required: true }, "ph"],
    [{ id: "sensor_column", text: "", options: [], required: false }, "id"],
    [{ id: "sensor", text: "", options: [], required: false }, "logger-7"],
  ];

  it("puts every answer where it is read from again", () => {
    for (const [question, value] of questions) {
      expect([question.id, answerOf(answerQuestion(mapping, question, value), question)]).toEqual([question.id, value]);
    }
  });

  it("takes the sensor from the file's name again when the field is emptied", () => {
    const question: MappingQuestion = { id: "sensor", text: "", options: [], required: false };
    expect(answerQuestion(mapping, question, " ").constants["sensor"]).toEqual({ from: "file_name" });
  });

  it("lets a named column overrule the name of the file", () => {
    const question: MappingQuestion = { id: "property", column: "t", text: "", options: [], required: true };
    expect(answerQuestion(mapping, question, "ph").constants).toEqual({});
  });
});

it("names the sensors of a second file after that file", () => {
  const proposed = (stem: string) => ({
    mapping: { ...mapping, columns: [{ source: "temp1", role: "value", sensorCode: `${stem}-temp1` }] },
    confidence: {},
    questions: [],
  });
  const proposals = { decided: proposed("a"), own: proposed("b") };
  expect(adaptMapping(proposed("a").mapping, proposals).columns[0]?.sensorCode).toBe("b-temp1");
  const named = { ...mapping, columns: [{ source: "temp1", role: "value", sensorCode: "roof" }] };
  expect(adaptMapping(named, proposals).columns[0]?.sensorCode).toBe("roof");
});
