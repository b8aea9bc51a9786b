import { EMRServerlessClient } from "@aws-sdk/client-emr-serverless";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import type { SparkPlace } from "../place.ts";
import type { Emr } from "./jobs-of-runs.ts";
import { EMR_PACE, runOnEmr } from "./run-on-emr.ts";

/** The application of this installation. @throws AppError naming the setting that is missing */
export function openEmr(): Emr {
  const { AWS_REGION: region, S3_BUCKET: bucket, FIELDPORT_CLOUD_NAME: name } = env();
  const applicationId = required("FIELDPORT_EMR_APPLICATION");
  const roleArn = required("FIELDPORT_EMR_ROLE_ARN");
  return { ...{ applicationId, roleArn, bucket, name }, client: new EMRServerlessClient({ region, maxAttempts: 5 }) };
}

function required(name: "FIELDPORT_EMR_APPLICATION" | "FIELDPORT_EMR_ROLE_ARN"): string {
  const value = env()[name];
  if (value !== undefined) return value;
  throw new AppError("unavailable", `FIELDPORT_SPARK=emr needs ${name}, an output of infra. See docs/operations.md.`);
}

export function emrPlace(): SparkPlace {
  const emr = openEmr();
  return { title: "EMR Serverless", run: (job, watch) => runOnEmr(emr, { job, watch, pace: EMR_PACE }) };
}
