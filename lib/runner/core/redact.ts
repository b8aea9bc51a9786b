const MASK = "•••";
/** Shorter values would mask half of a log and are refused when a secret is stored. */
export const SECRET_CHARS_MIN = 6;

export interface Redactor {
  redact: (text: string) => string;
  /** The longest thing it looks for: as much of a text's end may be the beginning of one. */
  longest: number;
}

/** Masks secrets as they are, in URLs and in base64, and the lines of those that have several. */
export function makeRedactor(secrets: readonly string[], toBase64: (text: string) => string): Redactor {
  const plain = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
  const forms = plain.flatMap((secret) => [secret, encodeURIComponent(secret), toBase64(secret).replace(/=+$/, "")]);
  const searched = [...new Set(forms)]
    .filter((form) => form.length >= SECRET_CHARS_MIN)
    .sort((a, b) => b.length - a.length);
  return {
    longest: searched[0]?.length ?? 0,
    redact: (text) => searched.reduce((masked, form) => masked.replaceAll(form, MASK), text),
  };
}
