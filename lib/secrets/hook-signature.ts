import { createHmac } from "node:crypto";

/** Older or newer than this a request is not taken, signed or not. */
export const SIGNATURE_VALID_S = 300;

export const SIGNATURE_HEADER = "fieldport-signature";

export interface HookSignature {
  /** Unix seconds, as signed. */
  signedAtS: number;
  /** Hex of HMAC-SHA256. */
  digest: string;
}

/** Reads `t=1764288000,v1=9f86…`; null for anything else. */
export function parseSignature(header: string | null): HookSignature | null {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header?.trim() ?? "");
  return match ? { signedAtS: Number(match[1]), digest: match[2] ?? "" } : null;
}

/** What is signed: the time and the body, so that neither can be exchanged. */
function signedText(signedAtS: number, body: string): string {
  return `${signedAtS}.${body}`;
}

export function isTimely({ signedAtS }: HookSignature, now: Date): boolean {
  return Math.abs(now.getTime() / 1000 - signedAtS) <= SIGNATURE_VALID_S;
}

/** HMAC-SHA256 of time and body under the secret. */
export function digestOf(secret: string, signedAtS: number, body: string): Buffer {
  return createHmac("sha256", secret).update(signedText(signedAtS, body)).digest();
}

/** The header of a signed request, as `parseSignature` reads it. */
export function signBody(secret: string, signedAtS: number, body: string): string {
  return `t=${signedAtS},v1=${digestOf(secret, signedAtS, body).toString("hex")}`;
}
