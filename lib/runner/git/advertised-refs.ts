/**
 * Reads the answer to `info/refs?service=git-upload-pack` (gitprotocol-pack): lines with their length in four hex digits
 * in front, "<commit> <name>", the first one with capabilities behind a NUL.
 */
export function parseAdvertisedRefs(text: string): Map<string, string> {
  const refs = new Map<string, string>();
  if (!/^[0-9a-f]{4}# service=git-upload-pack/.test(text)) throw new Error("not a Git repository over HTTP");
  for (let at = 0; at < text.length;) {
    const length = Number.parseInt(text.slice(at, at + 4), 16);
    if (!Number.isInteger(length)) throw new Error("a line without its length");
    const line = text.slice(at + 4, at + Math.max(length, 4));
    at += Math.max(length, 4);
    const [, commit, name] = /^([0-9a-f]{40,64}) ([^\0\n]+)/.exec(line) ?? [];
    if (commit && name) refs.set(name, commit);
  }
  return refs;
}
