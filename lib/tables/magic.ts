export type FileType =
  | "text"
  | "empty"
  | "gzip"
  | "zip"
  | "parquet"
  | "xlsx"
  | "ods"
  | "xls"
  | "pdf"
  | "json"
  | "xml"
  | "image"
  | "archive"
  | "binary";

/** What to tell the person whose file cannot be read as a table; types that can are absent. */
const REFUSALS: Partial<Record<FileType, string>> = {
  empty: "The file is empty.",
  parquet: "Parquet file. Export the table as CSV.",
  xlsx: "Excel workbook. Save the sheet as CSV.",
  ods: "OpenDocument spreadsheet. Save the sheet as CSV.",
  xls: "Old Excel workbook or other Office document. Save the sheet as CSV.",
  pdf: "PDF document. Export the table behind it as CSV.",
  xml: "XML or HTML file. Export the table as CSV.",
  image: "Picture. A table in CSV or TSV form is needed.",
  archive: "Archive of a kind that is not read here. Pack the files as zip or gzip.",
  binary: "Binary file. A table in CSV or TSV form is needed.",
};

const SIGNATURES: readonly { type: FileType; bytes: readonly number[]; offset?: number }[] = [
  { type: "gzip", bytes: [0x1f, 0x8b] },
  { type: "parquet", bytes: [0x50, 0x41, 0x52, 0x31] },
  { type: "pdf", bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: "xls", bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { type: "image", bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: "image", bytes: [0xff, 0xd8, 0xff] },
  { type: "image", bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: "archive", bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { type: "archive", bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { type: "archive", bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { type: "archive", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { type: "archive", bytes: [0x42, 0x5a, 0x68] },
  { type: "archive", bytes: [0x75, 0x73, 0x74, 0x61, 0x72], offset: 257 },
];

/** The type of a file from its first bytes (4 kB are plenty), never from its name. */
export function detectFileType(head: Uint8Array): FileType {
  if (head.length === 0) return "empty";
  const signature = SIGNATURES.find(({ bytes, offset = 0 }) => bytes.every((byte, i) => head[offset + i] === byte));
  if (signature !== undefined) return signature.type;
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return zipType(head);
  if (head.every((byte) => byte === 0)) return "binary";
  return hasUtf16Mark(head) || looksUtf16(head) ? "text" : textType(head);
}

/** The sentence for a type that cannot be read as a table, or null when it can. */
export function refusalOf(type: FileType): string | null {
  return REFUSALS[type] ?? null;
}

/** Office files are zips; their first entry gives them away. */
function zipType(head: Uint8Array): FileType {
  const start = new TextDecoder("latin1").decode(head.subarray(30, 4096));
  if (start.startsWith("mimetypeapplication/vnd.oasis.opendocument")) return "ods";
  if (start.startsWith("[Content_Types].xml") || /^(xl|word|ppt|_rels|docProps)\//.test(start)) return "xlsx";
  return "zip";
}

function textType(head: Uint8Array): FileType {
  const sample = head.subarray(0, 4096);
  let controlCount = 0;
  let nulCount = 0;
  for (const byte of sample) {
    if (byte === 0) nulCount++;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27 && byte !== 26)) controlCount++;
  }
  const textCount = sample.length - nulCount;
  // A cut-off logger file may be text followed by NULs; control characters or NULs in between mean a program's file.
  const hasInnerNul = nulCount > 0 && sample.subarray(0, textCount).includes(0);
  if (controlCount > textCount / 100 || (hasInnerNul && nulCount > sample.length / 50)) return "binary";
  const start = new TextDecoder("latin1").decode(sample.subarray(0, 512)).replace(/^ï»¿/, "").trimStart();
  if (/^(\{\s*("|\})|\[\s*[[{\]])/.test(start)) return "json";
  if (/^<(\?xml|!doctype|html|svg|[a-z]+[\s>])/i.test(start)) return "xml";
  return "text";
}

export function hasUtf16Mark(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** UTF-16 without a mark: every other byte of Western text is 0. Returns which end, or null. */
export function looksUtf16(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(head.length, 2048) & ~1;
  if (length < 8) return null;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) evenNuls++;
    if (head[i + 1] === 0) oddNuls++;
  }
  const pairs = length / 2;
  if (oddNuls > pairs * 0.7 && evenNuls < pairs * 0.05) return "utf-16le";
  return evenNuls > pairs * 0.7 && oddNuls < pairs * 0.05 ? "utf-16be" : null;
}
