import {
  createBucket,
  deleteBucketCors,
  getBucketCors,
  headBucket,
  listBuckets,
  listObjects,
  putBucketCors,
} from "./buckets.ts";
import { copyObject } from "./copy.ts";
import type { Exchange } from "./exchange.ts";
import { listMultipartUploads, listParts } from "./multipart-listing.ts";
import { abortMultipartUpload, completeMultipartUpload, createMultipartUpload, uploadPart } from "./multipart.ts";
import { deleteObject, deleteObjects, getObject, putObject } from "./objects.ts";
import type { S3Request } from "./request.ts";
import { headerValue } from "./request.ts";
import { NOT_IMPLEMENTED, S3Error } from "./s3-error.ts";

type Handler = (exchange: Exchange) => Promise<void>;

/** Query parameters that turn a request into another operation, which must never be mistaken for the plain one. */
const SUBRESOURCES = new Set(
  (
    "accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle " +
    "location logging metrics notification object-lock ownershipControls policy policyStatus publicAccessBlock " +
    "renameObject replication requestPayment restore retention select session tagging torrent uploadId uploads " +
    "versionId versioning versions website"
  ).split(" "),
);

const BUCKET_ROUTES: Record<string, Handler> = {
  "GET ": listObjects,
  "HEAD ": headBucket,
  "PUT ": createBucket,
  "GET cors": getBucketCors,
  "PUT cors": putBucketCors,
  "DELETE cors": deleteBucketCors,
  "GET uploads": listMultipartUploads,
  "POST delete": deleteObjects,
};

const OBJECT_ROUTES: Record<string, Handler> = {
  "GET ": getObject,
  "HEAD ": getObject,
  "PUT ": (exchange) => {
    return headerValue(exchange.request, "x-amz-copy-source") === undefined
      ? putObject(exchange)
      : copyObject(exchange);
  },
  "DELETE ": deleteObject,
  "POST uploads": createMultipartUpload,
  "PUT uploadId": uploadPart,
  "GET uploadId": listParts,
  "POST uploadId": completeMultipartUpload,
  "DELETE uploadId": abortMultipartUpload,
};

/** The operation a request asks for. */
export function findHandler(request: S3Request): Handler {
  if (headerValue(request, "x-amz-server-side-encryption-customer-algorithm") !== undefined) {
    throw new S3Error(NOT_IMPLEMENTED, "Encryption with customer keys is not supported.");
  }
  const subresource = request.query.find(([name]) => SUBRESOURCES.has(name))?.[0] ?? "";
  const { method, bucket, key } = request;
  if (bucket === "") {
    if (method === "GET" && subresource === "") return listBuckets;
  } else {
    const handler = (key === "" ? BUCKET_ROUTES : OBJECT_ROUTES)[`${method} ${subresource}`];
    if (handler) return handler;
  }
  if (subresource !== "") throw new S3Error(NOT_IMPLEMENTED, `${method} ${subresource} is not supported.`);
  throw new S3Error([405, "MethodNotAllowed"], "The specified method is not allowed against this resource.");
}
