import {
  BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketCorsCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  S3Client,
  type CORSRule,
} from "@aws-sdk/client-s3";
import { AppError, messageOf } from "#lib/errors";

export interface BucketRequest {
  /** Undefined means AWS itself. */
  endpoint: string | undefined;
  region: string;
  bucket: string;
  /** Undefined lets the SDK look for them in its usual places. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Addresses of the portal whose pages may upload and download. */
  origins: string[];
}

/**
 * Makes sure the bucket exists and that the portal's pages may talk to it; safe to repeat. Returns why the CORS rule
 * could not be set where the storage has its own way for that, else null.
 */
export async function ensureBucket(request: BucketRequest): Promise<string | null> {
  const { endpoint, region, credentials, bucket } = request;
  const client = new S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 5,
  });
  try {
    if (!(await bucketExists(client, bucket))) await createBucket(client, request);
    return await allowOrigins(client, request).then(() => null, reasonOf);
  } catch (error) {
    const place = endpoint ?? "AWS";
    const advice = "Check S3_ENDPOINT, S3_BUCKET, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
    throw new AppError("unavailable", `Bucket ${bucket} at ${place}: ${reasonOf(error)}. ${advice}`, { cause: error });
  } finally {
    client.destroy();
  }
}

async function bucketExists(client: S3Client, bucket: string): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function createBucket(client: S3Client, { bucket, region }: BucketRequest): Promise<void> {
  const constraint = Object.values(BucketLocationConstraint).find((name) => name === region);
  await client.send(
    new CreateBucketCommand({
      Bucket: bucket,
      ...(constraint ? { CreateBucketConfiguration: { LocationConstraint: constraint } } : {}),
    }),
  );
}

/** The rule a browser upload needs: it reads ETag and checksums of every part it has sent. */
export function corsRule(origins: string[]): CORSRule {
  return {
    AllowedOrigins: [...new Set(origins)].sort(),
    AllowedMethods: ["GET", "HEAD", "POST", "PUT"],
    AllowedHeaders: ["*"],
    ExposeHeaders: [
      "ETag",
      "x-amz-checksum-crc32",
      "x-amz-checksum-crc32c",
      "x-amz-checksum-sha256",
      "x-amz-version-id",
      "Content-Range",
      "Accept-Ranges",
    ],
    MaxAgeSeconds: 3600,
  };
}

/** Rules that others set on a shared bucket stay; ours is added beside them only when it is missing. */
async function allowOrigins(client: S3Client, { bucket, origins }: BucketRequest): Promise<void> {
  const existing = await currentRules(client, bucket);
  const wanted = corsRule(origins);
  const covers = (rule: CORSRule) =>
    isSubset(wanted.AllowedOrigins, rule.AllowedOrigins) &&
    isSubset(wanted.AllowedMethods, rule.AllowedMethods) &&
    isSubset(wanted.ExposeHeaders, rule.ExposeHeaders);
  if (existing.some(covers)) return;
  const others = existing.filter((rule) => !isSubset(rule.AllowedOrigins, wanted.AllowedOrigins));
  await client.send(
    new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [...others, wanted] } }),
  );
}

async function currentRules(client: S3Client, bucket: string): Promise<CORSRule[]> {
  try {
    return (await client.send(new GetBucketCorsCommand({ Bucket: bucket }))).CORSRules ?? [];
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw error;
  }
}

function isSubset(part: string[] | undefined, whole: string[] | undefined): boolean {
  const allowed = new Set((whole ?? []).map((item) => item.toLowerCase()));
  return (part ?? []).every((item) => allowed.has(item.toLowerCase()) || allowed.has("*"));
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const metadata = error.$metadata;
  return metadata && typeof metadata === "object" && "httpStatusCode" in metadata
    ? Number(metadata.httpStatusCode)
    : undefined;
}

/** HEAD answers carry no text, so the SDK's message is "UnknownError"; the status then says more. */
function reasonOf(error: unknown): string {
  const status = statusOf(error);
  const message = messageOf(error) || (error instanceof Error ? error.name : "");
  return status === undefined ? message : `${message} (HTTP ${status})`;
}
