import { expect, test } from "vitest";
import { listOperations } from "#lib/openapi/operations";
import { apiDocument } from "./document.ts";
import { ROUTE_MODULES } from "./route-modules.ts";

const document = apiDocument();
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
    path,
    method,
    operation,
  })),
);

test("every method of every route is described once, with tag, summary and an id of its own", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(operations).toHaveLength(listOperations(ROUTE_MODULES).length);
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  for (const { operation } of operations) {
    expect(operation.tags).toHaveLength(1);
    expect(operation.summary).toBeTruthy();
  }
});

test("every parameter of a path is described", () => {
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
    const described = ((operation.parameters ?? []) as { in: string; name: string }[]).filter(
      ({ in: where }) => where === "path",
    );
    expect({ path, names: described.map(({ name }) => name) }).toEqual({ path, names: named });
  }
});

test("every write inside a workspace takes an Idempotency-Key, no read does", () => {
  for (const { path, method, operation } of operations) {
    const names = ((operation.parameters ?? []) as { name: string }[]).map(({ name }) => name);
    const isScoped = JSON.stringify(operation.security).includes("apiKey");
    expect({ path, method, has: names.includes("Idempotency-Key") }).toEqual({
      path,
      method,
      has: method !== "get" && isScoped,
    });
  }
});

test("instants are described as date-time text, in requests and answers", () => {
  expect(JSON.stringify(document.paths?.["/runs"])).toContain('"format":"date-time"');
});
