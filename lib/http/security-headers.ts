export interface SecurityContext {
  /** Fresh per request; only scripts that carry it run. */
  nonce: string;
  isDevelopment: boolean;
  /** The portal is reached over https. */
  isHttps: boolean;
  /** Origins browsers send files to and fetch artifacts from. */
  storageOrigins: readonly string[];
  /** Origin of the map tile server; null when tiles are off or ours. */
  tileOrigin: string | null;
}

/** Pages: scripts by nonce only, nothing framed, requests to the portal and its object storage only. */
export function pagePolicy(context: SecurityContext): string {
  const { nonce, isDevelopment, isHttps, storageOrigins, tileOrigin } = context;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Leaflet and uPlot place things by style attributes; a style cannot run code.
    "style-src 'self' 'unsafe-inline'",
    ["img-src 'self' data: blob:", tileOrigin].filter(Boolean).join(" "),
    "font-src 'self' data:",
    ["connect-src 'self'", ...storageOrigins, isDevelopment ? "ws:" : null].filter(Boolean).join(" "),
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

/** Answers of the API are data: opened as a page they may neither load nor run anything. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Headers besides the policy, the same for every answer. */
export function securityHeaders({ isHttps }: Pick<SecurityContext, "isHttps">): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(isHttps ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

/** The origin of a URL or URL template such as "https://{s}.tiles.example/{z}/{x}/{y}.png"; null when it has none. */
export function originOf(url: string | undefined): string | null {
  if (!url) return null;
  // A {s} subdomain becomes the wildcard that a policy knows.
  const template = /^(https?):\/\/\{s\}\.([^/]+)/.exec(url);
  if (template) return `${template[1] ?? "https"}://*.${template[2] ?? ""}`;
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}
