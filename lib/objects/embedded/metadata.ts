import type { S3Request } from "./request.ts";
import { headerValue, queryValue, userMetadata } from "./request.ts";
import { S3Error } from "./s3-error.ts";

const CONTENT_HEADERS = [
  "content-type",
  "content-encoding",
  "content-disposition",
  "content-language",
  "cache-control",
  "expires",
];
const DEFAULT_CONTENT_TYPE = "binary/octet-stream";
const USER_METADATA_BYTES_MAX = 2048;

/** Types that a browser would run as a page of this host. */
const ACTIVE_TYPES = /^(text\/html|image\/svg\+xml|application\/xhtml\+xml|(text|application)\/xml)/i;

/** The headers of an upload that are kept and given back with every download. */
export function storedHeaders(request: S3Request): Record<string, string> {
  const kept: Record<string, string> = { "content-type": DEFAULT_CONTENT_TYPE };
  for (const name of CONTENT_HEADERS) {
    const value = headerValue(request, name);
    if (value !== undefined && value !== "") kept[name] = value;
  }
  const encodings = (kept["content-encoding"] ?? "").split(",").map((encoding) => encoding.trim());
  const lasting = encodings.filter((encoding) => encoding !== "" && encoding !== "aws-chunked").join(", ");
  delete kept["content-encoding"];
  if (lasting !== "") kept["content-encoding"] = lasting;
  const user = userMetadata(request);
  const sizeBytes = Object.entries(user).reduce((sum, [name, value]) => sum + name.length - 11 + value.length, 0);
  if (sizeBytes > USER_METADATA_BYTES_MAX) {
    throw new S3Error([400, "MetadataTooLarge"], `Metadata may have at most ${USER_METADATA_BYTES_MAX} bytes.`);
  }
  return { ...kept, ...user };
}

/** The stored headers with what `response-*` parameters of the address put in their place. */
export function downloadHeaders(request: S3Request, stored: Record<string, string>): Record<string, string> {
  const headers = { ...stored };
  for (const name of CONTENT_HEADERS) {
    const override = queryValue(request, `response-${name}`);
    if (override !== undefined && override !== "") headers[name] = override;
  }
  headers["x-content-type-options"] = "nosniff";
  if (ACTIVE_TYPES.test(headers["content-type"] ?? "")) headers["content-security-policy"] = "sandbox";
  return headers;
}
