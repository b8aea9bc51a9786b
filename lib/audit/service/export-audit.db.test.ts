import { afterAll, expect, it } from "vitest";
import { closeDb } from "#lib/db/client";
import { makeWorkspace } from "#lib/testing/people";
import { recordAudit } from "../record.ts";
import { exportAudit } from "./export-audit.ts";

afterAll(closeDb);

it("streams the whole log of one workspace over many pages, newest first, and one action alone", async () => {
  const [ctx, other] = [await makeWorkspace(), await makeWorkspace()];
  await recordAudit(other, { action: "foreign.thing" });
  for (let i = 0; i < 505; i += 1) await recordAudit(ctx, { action: "file.added", target: `file, ${i}` });
  await recordAudit(ctx, { action: "member.invited", target: "=cmd()" });

  const lines = (await exportAudit(ctx, {}).text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + 506);
  expect(lines[0]).toBe("at,actor_kind,actor,action,target,address,request_id");
  // A spreadsheet must not run what somebody typed.
  expect(lines[1]).toContain(",member.invited,'=cmd(),");
  expect(lines[2]).toContain(',file.added,"file, 504",');
  expect(lines.join("\n")).not.toContain("foreign.thing");

  const invited = (await exportAudit(ctx, { action: "member.invited" }).text()).trimEnd().split("\r\n");
  expect(invited).toHaveLength(2);
});
