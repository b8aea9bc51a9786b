import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateBucketCommand, DeleteObjectsCommand, S3Client, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import type { Credentials } from "#lib/objects/embedded/signature";
import { createObjectServer } from "#lib/objects/embedded/server";

/** A server under test: ours, or any other that speaks S3. */
export interface Target {
  endpoint: string;
  credentials: Credentials;
  bucket: string;
  /** A prefix of this test run's own. */
  prefix: string;
  s3: S3Client;
  close: () => Promise<void>;
}

export interface TargetKind {
  name: string;
  isEmbedded: boolean;
  /** AWS's behaviour in the corners where other servers are known to differ; S3_CONFORMANCE_STRICT=1 asks for it. */
  isStrict: boolean;
  start: () => Promise<Target>;
}

const EMBEDDED_CREDENTIALS: Credentials = {
  accessKeyId: "conformance",
  secretAccessKey: "conformance-secret",
  region: "us-east-1",
};

export function createClient(endpoint: string, credentials: Credentials, maxAttempts = 1): S3Client {
  const { region } = credentials;
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts });
}

/** For presigning: without it the SDK signs the checksum of an empty body into every address. */
export function createSigningClient({ endpoint, credentials }: Pick<Target, "endpoint" | "credentials">): S3Client {
  const { region } = credentials;
  const requestChecksumCalculation = "WHEN_REQUIRED";
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true, requestChecksumCalculation });
}

async function removeAll({ s3, bucket, prefix }: Target): Promise<void> {
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key }));
    if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
  }
}

async function startEmbedded(): Promise<Target> {
  const dir = await mkdtemp(path.join(tmpdir(), "fieldport-objects-"));
  const server = createObjectServer({ dir, ...EMBEDDED_CREDENTIALS });
  const { url } = await server.listen(0);
  const s3 = createClient(url, EMBEDDED_CREDENTIALS);
  const bucket = "conformance";
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const close = async (): Promise<void> => {
    s3.destroy();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { endpoint: url, credentials: EMBEDDED_CREDENTIALS, bucket, prefix: `${randomUUID()}/`, s3, close };
}

function startExternal(endpoint: string, settings: NodeJS.ProcessEnv): Promise<Target> {
  const credentials: Credentials = {
    accessKeyId: settings.S3_CONFORMANCE_ACCESS_KEY_ID ?? "",
    secretAccessKey: settings.S3_CONFORMANCE_SECRET ?? "",
    region: settings.S3_CONFORMANCE_REGION ?? "us-east-1",
  };
  const s3 = createClient(endpoint, credentials);
  const bucket = settings.S3_CONFORMANCE_BUCKET ?? "conformance";
  const target = { endpoint, credentials, bucket, prefix: `${randomUUID()}/`, s3 };
  const close = async (): Promise<void> => {
    await removeAll({ ...target, close: () => Promise.resolve() });
    s3.destroy();
  };
  return Promise.resolve({ ...target, close });
}

// eslint-disable-next-line no-restricted-syntax -- names a server to test against, which is no setting of the product
const settings = process.env;

export const isLargeRun = settings.S3_CONFORMANCE_LARGE === "1";

/** The embedded server always, and the one that the environment names as well. */
export function targetKinds(): TargetKind[] {
  const embedded: TargetKind = { name: "embedded server", isEmbedded: true, isStrict: true, start: startEmbedded };
  const endpoint = settings.S3_CONFORMANCE_ENDPOINT?.replace(/\/$/, "");
  if (!endpoint) return [embedded];
  const isStrict = settings.S3_CONFORMANCE_STRICT === "1";
  return [embedded, { name: endpoint, isEmbedded: false, isStrict, start: () => startExternal(endpoint, settings) }];
}
