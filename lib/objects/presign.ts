import { GetObjectCommand, PutObjectCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { env } from "#lib/env";
import { presignClient } from "./client.ts";

export interface SignedRequest {
  url: string;
  /** Sent exactly as given; they are part of the signature. */
  headers: Record<string, string>;
}

export const PUT_VALID_S = 15 * 60;
export const GET_VALID_S = 5 * 60;
const CHECKSUM_HEADER = "x-amz-checksum-sha256";
// Presigning moves headers into the query; storage must see and check the checksum header itself.
const inHeaders = (...names: string[]) => ({
  unhoistableHeaders: new Set(names),
  signableHeaders: new Set(["host", ...names]),
});

export async function presignPut(
  key: string,
  options: { checksumSha256: string; contentType: string },
): Promise<SignedRequest> {
  const command = new PutObjectCommand({
    Bucket: env().S3_BUCKET,
    Key: key,
    ChecksumSHA256: options.checksumSha256,
    IfNoneMatch: "*",
  });
  const url = await getSignedUrl(presignClient(), command, {
    expiresIn: PUT_VALID_S,
    ...inHeaders(CHECKSUM_HEADER, "if-none-match"),
  });
  return {
    url,
    headers: { [CHECKSUM_HEADER]: options.checksumSha256, "if-none-match": "*", "content-type": options.contentType },
  };
}

export async function presignPart(part: {
  key: string;
  multipartId: string;
  partNumber: number;
  checksumSha256: string;
}): Promise<SignedRequest> {
  const command = new UploadPartCommand({
    Bucket: env().S3_BUCKET,
    Key: part.key,
    UploadId: part.multipartId,
    PartNumber: part.partNumber,
    ChecksumSHA256: part.checksumSha256,
  });
  const url = await getSignedUrl(presignClient(), command, { expiresIn: PUT_VALID_S, ...inHeaders(CHECKSUM_HEADER) });
  return { url, headers: { [CHECKSUM_HEADER]: part.checksumSha256 } };
}

export interface Download {
  fileName: string;
  mediaType: string;
  /** Under this key there is never anything else: a browser may keep it. */
  isImmutable?: boolean;
}

/** A short-lived link that downloads one object under a readable name. */
export function presignGet(key: string, download: Download): Promise<string> {
  const ascii = download.fileName.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const command = new GetObjectCommand({
    Bucket: env().S3_BUCKET,
    Key: key,
    ResponseContentDisposition: `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(download.fileName)}`,
    ResponseContentType: download.mediaType,
    ...(download.isImmutable && { ResponseCacheControl: "private, max-age=31536000, immutable" }),
  });
  return getSignedUrl(presignClient(), command, { expiresIn: GET_VALID_S });
}
