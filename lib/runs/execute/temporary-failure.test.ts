import { expect, test } from "vitest";
import { AppError } from "#lib/errors";
import { isTemporaryFailure } from "./temporary-failure.ts";

const coded = (code: string) => Object.assign(new Error("failed"), { code });

test.each([
  ["a refused connection", coded("ECONNREFUSED")],
  ["a database that is starting", coded("57P03")],
  ["a database that was killed", new Error("Connection terminated unexpectedly")],
  ["storage that answers 503", Object.assign(new Error("SlowDown"), { $metadata: { httpStatusCode: 503 } })],
  ["a cause further down", new AppError("unavailable", "no storage", { cause: coded("ECONNRESET") })],
  ["one of several", new AggregateError([new Error("x"), coded("ECONNREFUSED")])],
  [
    "Prisma's text for a lost server",
    new Error("Raw query failed. Code: `57P03`. Message: `the database system is starting up`"),
  ],
])("%s passes", (_, error) => {
  expect(isTemporaryFailure(error)).toBe(true);
});

test.each([
  ["a refused file", new AppError("unprocessable", "The file is empty.")],
  ["a missing object", Object.assign(new Error("NoSuchKey"), { $metadata: { httpStatusCode: 404 } })],
  ["a broken constraint", coded("23505")],
  ["a bug", new TypeError("x is not a function")],
  ["no error at all", "ECONNREFUSED"],
])("%s stays", (_, error) => {
  expect(isTemporaryFailure(error)).toBe(false);
});

test("errors that cause each other end the search", () => {
  const first = new Error("first");
  first.cause = first;
  expect(isTemporaryFailure(first)).toBe(false);
});
