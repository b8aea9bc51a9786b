import { expect, test } from "vitest";
import { matchesOperation, readOperations } from "./read-operations.ts";
import { limitWords, membersOf, typeWords } from "./schema-words.ts";

const [list] = readOperations({
  paths: {
    "/runs": {
      get: {
        operationId: "getRuns",
        tags: ["Runs"],
        summary: "List runs",
        parameters: [{ in: "query", name: "limit", schema: { type: "integer", default: 50 } }],
        responses: { "200": { content: { "application/json": { schema: { type: "object" } } } }, "401": {} },
        security: [{ apiKey: [] }],
      },
    },
  },
});

test("an operation has its parameters, its answer and its problems", () => {
  expect(list).toMatchObject({ method: "GET", path: "/runs", problems: ["401"], isPublic: false });
  expect(list?.success).toMatchObject({ status: "200", mediaTypes: ["application/json"] });
});

test("a search finds by method, path, tag and summary, every word of it", () => {
  expect(matchesOperation(list!, "get RUNS")).toBe(true);
  expect(matchesOperation(list!, "post runs")).toBe(false);
});

test("types are said in words a reader of no schema understands", () => {
  expect(typeWords({ type: "array", items: { type: "string", format: "uuid" } })).toBe("list of text, uuid");
  expect(typeWords({ anyOf: [{ type: "number" }, { type: "null" }] })).toBe("number or null");
  expect(typeWords({ type: ["string", "null"] })).toBe("text or null");
  expect(typeWords({ type: "string", enum: ["a", "b"] })).toBe('"a" | "b"');
  expect(typeWords({})).toBe("any");
  expect(limitWords({ minimum: 1, maximum: 500, default: 50 })).toBe("1 to 500, default 50");
});

test("the members of a list of objects, or of an object that may be null, are found", () => {
  const node = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
  expect(membersOf({ type: "array", items: node })).toMatchObject([{ name: "id", required: true }]);
  expect(membersOf({ anyOf: [node, { type: "null" }] })).toHaveLength(1);
  expect(membersOf({ type: "string" })).toEqual([]);
});
