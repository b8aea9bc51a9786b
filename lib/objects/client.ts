import { S3Client } from "@aws-sdk/client-s3";
import { env } from "#lib/env";

const clients = new Map<string, S3Client>();

function clientFor(endpoint: string | undefined): S3Client {
  const key = endpoint ?? "aws";
  let client = clients.get(key);
  if (!client) {
    client = new S3Client({
      region: env().AWS_REGION,
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
      // Checksums are sent where we ask for them; the SDK's default CRC32 would break presigned browser uploads.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      maxAttempts: 4,
    });
    clients.set(key, client);
  }
  return client;
}

/** The client this process talks to object storage with. */
export function objectClient(): S3Client {
  return clientFor(env().S3_ENDPOINT);
}

/** Signs URLs for browsers, which may reach the storage under another name than we do. */
export function presignClient(): S3Client {
  return clientFor(env().S3_PUBLIC_ENDPOINT ?? env().S3_ENDPOINT);
}
