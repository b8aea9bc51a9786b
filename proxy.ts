import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { env, publicUrl } from "#lib/env";
import { API_POLICY, originOf, pagePolicy, securityHeaders } from "#lib/http/security-headers";

/**
 * Puts security headers on every answer and tells pages their path and nonce. It decides about nobody: every page
 * and route checks the caller itself, so that leaving this out would open nothing.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const isHttps = publicUrl().startsWith("https:");
  const isApi = pathname.startsWith("/api/");
  const nonce = randomBytes(16).toString("base64");
  const policy = isApi ? API_POLICY : pagePolicy({ nonce, isHttps, ...surroundings() });
  const headers = new Headers(request.headers);
  headers.set("x-fieldport-path", `${pathname}${search}`);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from here.
  if (!isApi) headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(securityHeaders({ isHttps }))) response.headers.set(name, value);
  // Links in these pages are secrets; no other site may learn them.
  if (/^\/(invite|reset)\//.test(pathname)) response.headers.set("referrer-policy", "no-referrer");
  return response;
}

function surroundings() {
  const { NODE_ENV, S3_PUBLIC_ENDPOINT, S3_ENDPOINT, S3_BUCKET, AWS_REGION, FIELDPORT_TILES_URL } = env();
  const endpoint = originOf(S3_PUBLIC_ENDPOINT ?? S3_ENDPOINT);
  const aws = [`https://${S3_BUCKET}.s3.${AWS_REGION}.amazonaws.com`, `https://s3.${AWS_REGION}.amazonaws.com`];
  return {
    isDevelopment: NODE_ENV === "development",
    storageOrigins: endpoint ? [endpoint] : aws,
    tileOrigin: originOf(FIELDPORT_TILES_URL),
  };
}

export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico|basemap/|icons/|samples/).*)"] };
