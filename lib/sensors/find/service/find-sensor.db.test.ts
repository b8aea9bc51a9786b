import { expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { newId } from "#lib/ids";
import { makeWorkspace } from "#lib/testing/people";
import { findSensorForOwner } from "./find-sensor.ts";

async function withSensors(...codes: string[]): Promise<Ctx> {
  const ctx = await makeWorkspace();
  const { workspaceId } = ctx;
  await systemDb().sensor.createMany({ data: codes.map((code) => ({ id: newId(), workspaceId, code })) });
  return ctx;
}

test("the id is found whatever its case, and says that it has neither position nor readings", async () => {
  const ctx = await withSensors("KIT-0007");
  const found = await findSensorForOwner(ctx, "kit-0007");
  expect(found).toMatchObject({ sensor: { code: "KIT-0007" }, isOnMap: false });
  expect(found.findings.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
    "registered good",
    "position fault",
    "readings suspect",
    "files good",
  ]);
});

test("an id written differently finds what it may mean, and nothing of another workspace", async () => {
  await withSensors("KIT-00077");
  const ctx = await withSensors("KIT-0007", "OTHER");
  const { sensor, findings } = await findSensorForOwner(ctx, "Kit 7");
  expect(sensor).toBeNull();
  expect(findings[0]!.detail).toMatch(/Similar ids: KIT-0007\.$/);
});
