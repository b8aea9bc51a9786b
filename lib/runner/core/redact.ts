const MASK = "•••";
/** Shorter values would mask half of a log and are refused when a secret is stored. */
export const SECRET_CHARS_MIN = 6;

export interface Redactor {
  redact: (text: string) => string;
  /** The longest thing it looks for: as much of a text's end may be the beginning of one. */
  longest: number;
}

/**
 * Masks secrets as they are, in URLs, forms and JSON, in base64 wherever they lie in what was encoded, and the lines of
 * those that have several.
 */
export function makeRedactor(secrets: readonly string[], toBase64: (text: string) => string): Redactor {
  const plain = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
  const forms = plain.flatMap((secret) => [secret, ...writtenForms(secret), ...base64Forms(secret, toBase64)]);
  const searched = [...new Set(forms)]
    .filter((form) => form.length >= SECRET_CHARS_MIN)
    .sort((a, b) => b.length - a.length);
  return {
    longest: searched[0]?.length ?? 0,
    redact: (text) => searched.reduce((masked, form) => masked.replaceAll(form, MASK), text),
  };
}

function writtenForms(secret: string): string[] {
  const inUrl = encodeURIComponent(secret);
  const inLowerCase = inUrl.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [inUrl, inLowerCase, inUrl.replaceAll("%20", "+"), JSON.stringify(secret).slice(1, -1)];
}

/**
 * Base64 takes three bytes to four characters, so a secret behind other bytes, as in `user:secret`, looks different for
 * each of three places. Characters that its neighbours have a part in are left out.
 */
function base64Forms(secret: string, toBase64: (text: string) => string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = toBase64("\0".repeat(shift) + secret);
    const padding = encoded.length - encoded.replace(/=+$/, "").length;
    const byteCount = (encoded.length / 4) * 3 - padding;
    const own = encoded.slice(Math.ceil((shift * 8) / 6), Math.floor((byteCount * 8) / 6));
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
