import { receiveDocument } from "./body.ts";
import { corsDocument, parseCorsRules } from "./cors.ts";
import type { Exchange } from "./exchange.ts";
import { sendEmpty, sendXml } from "./exchange.ts";
import { listObjectsDocument } from "./listing.ts";
import { queryValue } from "./request.ts";
import { NOT_IMPLEMENTED, S3Error } from "./s3-error.ts";
import { element, textElement, xmlDocument } from "./xml.ts";

const BUCKET_NAME = /^(?!xn--)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function listBuckets({ response, storage }: Exchange): Promise<void> {
  const buckets = storage.buckets().map(({ name, createdAtMs }) => {
    const created = textElement("CreationDate", new Date(createdAtMs).toISOString());
    return element("Bucket", [textElement("Name", name), created]);
  });
  sendXml(response, xmlDocument("ListAllMyBucketsResult", [element("Buckets", buckets)]));
  return Promise.resolve();
}

export async function createBucket({ request, response, storage, now }: Exchange): Promise<void> {
  const { bucket } = request;
  if (!BUCKET_NAME.test(bucket)) {
    throw new S3Error([400, "InvalidBucketName"], "The specified bucket is not valid.");
  }
  if (storage.findBucket(bucket)) {
    throw new S3Error([409, "BucketAlreadyOwnedByYou"], "You already own a bucket of this name.");
  }
  await storage.commit({ op: "bucket.create", bucket, createdAtMs: now() });
  sendEmpty(response, 200, { location: `/${bucket}` });
}

export function headBucket({ request, response, storage }: Exchange): Promise<void> {
  storage.bucket(request.bucket);
  sendEmpty(response, 200);
  return Promise.resolve();
}

export async function putBucketCors(exchange: Exchange): Promise<void> {
  const { request, response, storage } = exchange;
  const { name: bucket } = storage.bucket(request.bucket);
  const rules = parseCorsRules(await receiveDocument(exchange));
  await storage.commit({ op: "cors.set", bucket, rules });
  sendEmpty(response, 200);
}

export function getBucketCors({ request, response, storage }: Exchange): Promise<void> {
  const { cors } = storage.bucket(request.bucket);
  if (cors.length === 0) {
    throw new S3Error([404, "NoSuchCORSConfiguration"], "The CORS configuration does not exist");
  }
  sendXml(response, corsDocument(cors));
  return Promise.resolve();
}

export async function deleteBucketCors({ request, response, storage }: Exchange): Promise<void> {
  const { name: bucket } = storage.bucket(request.bucket);
  await storage.commit({ op: "cors.set", bucket, rules: [] });
  sendEmpty(response, 204);
}

export function listObjects({ request, response, storage }: Exchange): Promise<void> {
  const bucket = storage.bucket(request.bucket);
  if (queryValue(request, "list-type") !== "2") {
    throw new S3Error(NOT_IMPLEMENTED, "Only version 2 of ListObjects is supported.");
  }
  sendXml(response, listObjectsDocument(request, bucket));
  return Promise.resolve();
}
