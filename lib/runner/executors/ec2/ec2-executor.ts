import { EC2Client } from "@aws-sdk/client-ec2";
import { env } from "#lib/env";
import type { Executor } from "../executor.ts";
import { remoteExecutor } from "../remote/remote-executor.ts";
import { requiredSetting } from "../remote/required-setting.ts";
import { PACE } from "../remote/run-remotely.ts";
import { ec2Cloud } from "./ec2.ts";

let made: Executor | undefined;

/** The executor of this installation. @throws AppError naming the setting that is missing */
export function ec2Executor(): Executor {
  made ??= make();
  return made;
}

function make(): Executor {
  const { AWS_REGION: region, S3_BUCKET: bucket, FIELDPORT_BOOT_DEADLINE_S: bootDeadlineS } = env();
  const settings = {
    ...{ region, bucket, bootDeadlineS, name: env().FIELDPORT_CLOUD_NAME },
    templateId: requiredSetting("FIELDPORT_EC2_TEMPLATE"),
    subnetIds: requiredSetting("FIELDPORT_EC2_SUBNETS").split(","),
    roleId: requiredSetting("FIELDPORT_EC2_ROLE_ID"),
    memoryMbMax: env().FIELDPORT_MACHINE_MEMORY_MB,
  };
  const client = new EC2Client({ region, maxAttempts: 5 });
  return remoteExecutor(ec2Cloud(settings, client), { ...PACE, bootDeadlineS });
}
