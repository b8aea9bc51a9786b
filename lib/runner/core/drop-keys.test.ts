import { expect, it } from "vitest";
import { outputKeys, parseDroppedKey } from "./drop-keys.ts";

it("reads app and job of dropped inputs", () => {
  expect(parseDroppedKey("app_runner/input/job-1.zip")).toEqual({ slug: null, jobId: "job-1" });
  expect(parseDroppedKey("w/x/app_runner/input/a.b_c.zip")).toEqual({ slug: null, jobId: "a.b_c" });
  expect(parseDroppedKey("w/x/app_runner/means/input/7.zip")).toEqual({ slug: "means", jobId: "7" });
});

it.each([
  "app_runner/output/job-1.zip",
  "app_runner/input/job-1.tar",
  "app_runner/input/a b.zip",
  "app_runner/input/$(reboot).zip",
  "app_runner/input/...zip",
  `app_runner/input/${"x".repeat(129)}.zip`,
  "app_runner/input/deep/er.zip",
])("takes %s for nothing", (key) => {
  expect(parseDroppedKey(key)).toBeNull();
});

it("names outputs beside the inputs, those of each run apart", () => {
  const keys = outputKeys("w/x/app_runner/means/input/7.zip", "7", "r1");
  expect([keys.latest("output"), keys.ofRun("machineLog"), keys.result]).toEqual([
    "w/x/app_runner/means/output/7.zip",
    "w/x/app_runner/means/output/7/r1_machine.log",
    "w/x/app_runner/means/output/7.json",
  ]);
});
