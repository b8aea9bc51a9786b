/** Kept as it is: nothing is recognised or cleaned. */
const PLAIN_KIND = "file";
/** The input of an app, which starts as soon as the upload has been checked. */
export const APP_UPLOAD_KIND = /^app:([a-z0-9][a-z0-9-]{0,62})$/;

/** Whether an upload is stored as it came, whatever is in it. */
export function isPlainKind(kind: string): boolean {
  return kind === PLAIN_KIND || APP_UPLOAD_KIND.test(kind);
}
