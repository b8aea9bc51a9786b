import { BatchClient } from "@aws-sdk/client-batch";
import { env } from "#lib/env";
import type { Executor } from "../executor.ts";
import { remoteExecutor } from "../remote/remote-executor.ts";
import { requiredSetting } from "../remote/required-setting.ts";
import { PACE } from "../remote/run-remotely.ts";
import { batchCloud } from "./batch.ts";

let made: Executor | undefined;

/** The executor of this installation. @throws AppError naming the setting that is missing */
export function batchExecutor(): Executor {
  made ??= make();
  return made;
}

function make(): Executor {
  const { AWS_REGION: region, S3_BUCKET: bucket, FIELDPORT_BOOT_DEADLINE_S: bootDeadlineS } = env();
  const settings = {
    ...{ region, bucket, bootDeadlineS, name: env().FIELDPORT_CLOUD_NAME },
    queue: requiredSetting("FIELDPORT_BATCH_QUEUE"),
    definition: requiredSetting("FIELDPORT_BATCH_DEFINITION"),
    roleId: requiredSetting("FIELDPORT_BATCH_ROLE_ID"),
  };
  const client = new BatchClient({ region, maxAttempts: 5 });
  return remoteExecutor(batchCloud(settings, client), { ...PACE, bootDeadlineS });
}
