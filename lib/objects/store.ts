import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { objectClient } from "./client.ts";

const bucket = () => env().S3_BUCKET;

export interface ObjectHead {
  sizeBytes: number;
  etag: string;
  contentType: string;
}

export interface StoredPart {
  partNumber: number;
  sizeBytes: number;
  etag: string;
}

export interface ListedObject {
  key: string;
  sizeBytes: number;
  etag: string;
  modifiedAt: Date;
}

const unquote = (etag: string | undefined) => (etag ?? "").replace(/^"|"$/g, "");

function isMissing(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  return name === "NotFound" || name === "NoSuchKey" || name === "NoSuchUpload";
}

/** Size and etag, or null when there is no such object. */
export async function headObject(key: string): Promise<ObjectHead | null> {
  try {
    const head = await objectClient().send(new HeadObjectCommand({ Bucket: bucket(), Key: key }));
    return {
      sizeBytes: head.ContentLength ?? 0,
      etag: unquote(head.ETag),
      contentType: head.ContentType ?? "application/octet-stream",
    };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Streams an object's bytes, from `startByte` when given. Throws `not_found`. */
export async function openObject(key: string, range?: { startByte: number; endByte?: number }): Promise<Readable> {
  try {
    const Range = range && `bytes=${range.startByte}-${range.endByte ?? ""}`;
    const found = await objectClient().send(
      new GetObjectCommand({ Bucket: bucket(), Key: key, ...(Range ? { Range } : {}) }),
    );
    if (found.Body instanceof Readable) return found.Body;
    throw new Error("object storage returned no stream");
  } catch (error) {
    if (isMissing(error))
      throw new AppError("not_found", "The stored file is gone from object storage.", { cause: error });
    throw error;
  }
}

/** Copies within the bucket, without passing through here. One request reaches up to 5 GB. */
export async function copyObject(fromKey: string, toKey: string): Promise<void> {
  const CopySource = `${bucket()}/${fromKey.split("/").map(encodeURIComponent).join("/")}`;
  await objectClient().send(new CopyObjectCommand({ Bucket: bucket(), Key: toKey, CopySource }));
}

export async function putText(key: string, text: string, mediaType: string): Promise<void> {
  const Body = Buffer.from(text);
  await objectClient().send(
    new PutObjectCommand({ Bucket: bucket(), Key: key, Body, ContentLength: Body.length, ContentType: mediaType }),
  );
}

/** Of an object that is gone already: does nothing. */
export async function deleteObject(key: string): Promise<void> {
  await objectClient().send(new DeleteObjectCommand({ Bucket: bucket(), Key: key }));
}

const PART_BYTES = 32 * 1024 * 1024;

/** Stores a local file; large ones in parts so that neither memory nor one request must hold them. */
export async function putFile(
  key: string,
  file: { path: string; sizeBytes: number; mediaType: string },
): Promise<void> {
  const target = { Bucket: bucket(), Key: key };
  if (file.sizeBytes <= PART_BYTES) {
    const Body = createReadStream(file.path);
    await objectClient().send(
      new PutObjectCommand({ ...target, Body, ContentLength: file.sizeBytes, ContentType: file.mediaType }),
    );
    return;
  }
  const multipartId = await createMultipart(key, file.mediaType);
  try {
    const parts: { partNumber: number; etag: string }[] = [];
    for (let start = 0, partNumber = 1; start < file.sizeBytes; start += PART_BYTES, partNumber += 1) {
      const end = Math.min(start + PART_BYTES, file.sizeBytes);
      const sent = await objectClient().send(
        new UploadPartCommand({
          ...target,
          UploadId: multipartId,
          PartNumber: partNumber,
          Body: createReadStream(file.path, { start, end: end - 1 }),
          ContentLength: end - start,
        }),
      );
      parts.push({ partNumber, etag: unquote(sent.ETag) });
    }
    await completeMultipart(key, multipartId, parts);
  } catch (error) {
    await abortMultipart(key, multipartId);
    throw error;
  }
}

export async function createMultipart(key: string, contentType: string): Promise<string> {
  const created = await objectClient().send(
    new CreateMultipartUploadCommand({
      Bucket: bucket(),
      Key: key,
      ContentType: contentType,
      ChecksumAlgorithm: "SHA256",
    }),
  );
  if (!created.UploadId) throw new Error("object storage opened no multipart upload");
  return created.UploadId;
}

export async function listParts(key: string, multipartId: string): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  let marker: string | undefined;
  try {
    do {
      const page = await objectClient().send(
        new ListPartsCommand({ Bucket: bucket(), Key: key, UploadId: multipartId, PartNumberMarker: marker }),
      );
      for (const part of page.Parts ?? []) {
        parts.push({ partNumber: part.PartNumber ?? 0, sizeBytes: part.Size ?? 0, etag: unquote(part.ETag) });
      }
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return parts;
}

export async function completeMultipart(
  key: string,
  multipartId: string,
  parts: { partNumber: number; etag: string; checksumSha256?: string | undefined }[],
): Promise<void> {
  const Parts = [...parts]
    .sort((a, b) => a.partNumber - b.partNumber)
    .map((part) => ({
      PartNumber: part.partNumber,
      ETag: `"${part.etag}"`,
      ...(part.checksumSha256 ? { ChecksumSHA256: part.checksumSha256 } : {}),
    }));
  await objectClient().send(
    new CompleteMultipartUploadCommand({
      Bucket: bucket(),
      Key: key,
      UploadId: multipartId,
      MultipartUpload: { Parts },
    }),
  );
}

/** Ends a multipart upload and frees its parts; one that is gone already is fine. */
export async function abortMultipart(key: string, multipartId: string): Promise<void> {
  try {
    await objectClient().send(new AbortMultipartUploadCommand({ Bucket: bucket(), Key: key, UploadId: multipartId }));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Every object under a prefix, page by page, in key order. */
export async function* listObjects(prefix: string): AsyncGenerator<ListedObject> {
  let token: string | undefined;
  do {
    const page = await objectClient().send(
      new ListObjectsV2Command({ Bucket: bucket(), Prefix: prefix, ContinuationToken: token }),
    );
    for (const entry of page.Contents ?? []) {
      if (!entry.Key) continue;
      yield {
        key: entry.Key,
        sizeBytes: entry.Size ?? 0,
        etag: unquote(entry.ETag),
        modifiedAt: entry.LastModified ?? new Date(0),
      };
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** Multipart uploads that were begun under a prefix and never finished. */
export async function listOpenMultiparts(
  prefix: string,
): Promise<{ key: string; multipartId: string; startedAt: Date }[]> {
  const page = await objectClient().send(new ListMultipartUploadsCommand({ Bucket: bucket(), Prefix: prefix }));
  return (page.Uploads ?? []).flatMap((upload) =>
    upload.Key && upload.UploadId
      ? [{ key: upload.Key, multipartId: upload.UploadId, startedAt: upload.Initiated ?? new Date(0) }]
      : [],
  );
}

/** Answers whether the bucket can be reached with our credentials. */
export async function isStorageReachable(): Promise<boolean> {
  try {
    await objectClient().send(new HeadBucketCommand({ Bucket: bucket() }), { abortSignal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    return false;
  }
}
