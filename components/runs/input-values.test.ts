import { expect, test } from "vitest";
import { z } from "zod";
import { fieldsOf } from "#lib/forms/fields-of";
import { inputDrafts, readInputs } from "./input-values.ts";

const schema = z.object({
  sensorCodes: z.array(z.string()).nullable().default(null),
  fromMs: z.number().nullable().default(null),
  uploadId: z.string(),
});
const fields = fieldsOf(z.toJSONSchema(schema, { io: "input" }));

test("what was left empty is not sent, so that its default stands", () => {
  expect(readInputs(fields, inputDrafts(fields, {}))).toEqual({});
});

test("lists are split at commas, spaces and lines; instants are read as UTC", () => {
  const read = readInputs(fields, { sensorCodes: "SEA-1, SEA-2\nSEA-3", fromMs: "2026-11-18T14:05", uploadId: " u " });
  expect(read).toEqual({
    sensorCodes: ["SEA-1", "SEA-2", "SEA-3"],
    fromMs: Date.UTC(2026, 10, 18, 14, 5),
    uploadId: "u",
  });
});

test("the inputs of an earlier run come back as they were", () => {
  const earlier = { sensorCodes: ["SEA-1", "SEA-2"], fromMs: Date.UTC(2026, 10, 18), uploadId: "u" };
  expect(readInputs(fields, inputDrafts(fields, earlier))).toEqual(earlier);
});
