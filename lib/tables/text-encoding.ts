/** `latin1` is read as windows-1252, its superset in use; `utf-8-bom` is UTF-8 that starts with a mark. */
export const TEXT_ENCODINGS = ["utf-8", "utf-8-bom", "utf-16le", "utf-16be", "latin1"] as const;

export type TextEncoding = (typeof TEXT_ENCODINGS)[number];
