import { PutObjectCommand } from "@aws-sdk/client-s3";
import { env } from "#lib/env";
import { objectClient } from "#lib/objects/client";

/** Puts bytes straight into storage, as another program would. */
export async function putTestObject(key: string, bytes: Buffer): Promise<void> {
  await objectClient().send(
    new PutObjectCommand({ Bucket: env().S3_BUCKET, Key: key, Body: bytes, ContentLength: bytes.length }),
  );
}
