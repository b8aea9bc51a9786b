import { expect, test } from "vitest";
import { auditTargetHref, auditWords } from "./audit-words.ts";

test("an action without words of its own is still readable", () => {
  expect(auditWords("run.created")).toBe("started a run");
  expect(auditWords("dataset.row_hidden")).toBe("dataset row hidden");
});

test.each([
  ["/api/v1/runs/01a201bb-43f9-7029-9cee-bd969fbf9956/cancel", "/runs/01a201bb-43f9-7029-9cee-bd969fbf9956"],
  ["/api/v1/members/01a201bb-43f9-7029-9cee-bd969fbf9956", null],
  ["/api/v1/runs", null],
  [null, null],
])("what was acted on at %s is found at %s", (target, href) => {
  expect(auditTargetHref(target)).toBe(href);
});
