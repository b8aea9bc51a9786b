import { afterAll, beforeAll, expect, test } from "vitest";
import { closeLive } from "#lib/live/subscribe";
import { cancelRun } from "#lib/runs/service/cancel-run";
import { createTestWorkspace } from "#lib/testing/runs";
import { reap } from "../../service/reap.ts";
import { startApp } from "../../service/start-app.ts";
import { GOOD_APP, makeTestApp, storedUpload } from "../../testing/apps.ts";
import { startFakeEc2, type FakeEc2 } from "../../testing/fake-ec2.ts";
import { zipOf } from "../../testing/zips.ts";

let ec2: FakeEc2;
beforeAll(async () => {
  ec2 = await startFakeEc2();
  Object.assign(process.env, {
    FIELDPORT_RUNNER: "ec2",
    FIELDPORT_EC2_TEMPLATE: "lt-1",
    FIELDPORT_EC2_SUBNETS: "subnet-a",
    FIELDPORT_EC2_ROLE_ID: "AROA",
    // The SDK's own setting for another place than AWS.
    AWS_ENDPOINT_URL_EC2: ec2.url,
  });
});
afterAll(async () => {
  await ec2.close();
  await closeLive();
});

function putMachine(id: string, runId: string, { ageS, name = "fieldport" }: { ageS: number; name?: string }): void {
  const startedAt = new Date(Date.now() - ageS * 1000);
  ec2.instances.set(id, {
    id,
    state: "running",
    tags: { fieldport: name, "fieldport:run": runId },
    startedAt,
    userData: "",
  });
}

test("ends the machines of runs that are over, and no others", async () => {
  const ctx = await createTestWorkspace();
  const { id: appId } = await makeTestApp(ctx, { source: GOOD_APP });
  const begin = async (content: string) => {
    const { uploadId } = await storedUpload(ctx, await zipOf({ a: content }), "job.zip");
    return (await startApp(ctx, appId, { params: {}, recompute: false, uploadId })).id;
  };
  const [over, alive] = [await begin("x"), await begin("y")];
  await cancelRun(ctx, over);
  putMachine("i-alive", alive, { ageS: 3600 });
  putMachine("i-orphan", over, { ageS: 3600 });
  putMachine("i-mistagged", "no run at all", { ageS: 3600 });
  putMachine("i-young", over, { ageS: 5 });
  putMachine("i-foreign", over, { ageS: 3600, name: "another installation" });
  expect((await reap(new Date())).orphans).toBe(2);
  const states = [...ec2.instances.values()].map(({ id, state }) => `${id} ${state}`);
  expect(states.sort()).toEqual([
    "i-alive running",
    "i-foreign running",
    "i-mistagged terminated",
    "i-orphan terminated",
    "i-young running",
  ]);
  // A minute later the young one is old enough, and what is gone is not ended again.
  expect((await reap(new Date(Date.now() + 60_000))).orphans).toBe(1);
  expect(ec2.instances.get("i-young")?.state).toBe("terminated");
});

test("a cloud that does not answer fails the reaper's job, which is then seen, and ends nothing", async () => {
  ec2.trouble.set("DescribeInstances", [{ code: "UnauthorizedOperation", status: 403 }]);
  await expect(reap(new Date())).rejects.toThrow("UnauthorizedOperation");
});
