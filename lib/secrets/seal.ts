import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { authSecret } from "#lib/auth/secret";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";

const VERSION = "1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a secret for storage (AES-256-GCM). `context` says what it belongs to: moved to another row it does not open.
 * The key is derived from `FIELDPORT_ENCRYPTION_KEY`, or from `FIELDPORT_SECRET` where that is not set.
 */
export function sealSecret(secret: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(), nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** Opens what `sealSecret` sealed for the same context. Throws `unprocessable` when the key has changed since. */
export function openSecret(text: string, context: string): string {
  const [version, body = ""] = text.split(".");
  const bytes = Buffer.from(body, "base64url");
  try {
    if (version !== VERSION) throw new Error("unknown version");
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(), bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    throw new AppError(
      "unprocessable",
      "A stored key cannot be opened: the portal's encryption key has changed since. Enter the key again.",
    );
  }
}

function sealingKey(): Buffer {
  const root = env().FIELDPORT_ENCRYPTION_KEY ?? authSecret();
  return Buffer.from(hkdfSync("sha256", root, "", "fieldport sealed secrets", 32));
}
