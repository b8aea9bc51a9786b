import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { formatBytes } from "#lib/format/bytes";
import { detectFileType } from "#lib/tables/magic";
import { sniff } from "#lib/tables/sniff";
import { columnKinds } from "../core/column-kinds.ts";
import { entryKindOf } from "../core/entry-kind.ts";
import { COLUMNS_MAX, shownCells } from "../core/shown-cells.ts";
import { readGeoJsonMap } from "../core/geojson-map.ts";
import type { EntryPreview } from "../schema.ts";
import { openEntry, readHead, withArchive, type OpenEntry } from "./open-archive.ts";

const TABLE_BYTES = 256 * 1024;
const TEXT_BYTES = 64 * 1024;
const MAP_BYTES_MAX = 8 * 2 ** 20;

/** The beginning of a file of a zip as data that a page can draw; nothing of it is ever sent as a page. */
export function previewEntry(ctx: Ctx, artifactId: string, path: string): Promise<EntryPreview> {
  return withArchive(ctx, artifactId, async (zip) => {
    const open = await openEntry(zip, path);
    switch (entryKindOf(path)) {
      case "table":
        return tableOf(open);
      case "map":
        return mapOf(open);
      case "text":
        return textOf(open);
      case "image":
      case "none":
        open.bytes.destroy();
        throw new AppError("unprocessable", "There is no preview of this type of file. Download it.");
    }
  });
}

async function tableOf({ entry, bytes }: OpenEntry): Promise<EntryPreview> {
  const { columns, sampleRows } = sniff(await readHead(bytes, TABLE_BYTES));
  const rows = sampleRows.filter((row) => row.length > 1 || row[0] !== "").map(shownCells);
  const isCut = sampleRows.length >= 100 || entry.uncompressedSize > TABLE_BYTES;
  const shown = columns.slice(0, COLUMNS_MAX);
  return { kind: "table", columns: shown, kinds: columnKinds(sampleRows, shown.length), rows, isCut };
}

async function mapOf({ entry, bytes }: OpenEntry): Promise<EntryPreview> {
  if (entry.uncompressedSize > MAP_BYTES_MAX) {
    bytes.destroy();
    const most = formatBytes(MAP_BYTES_MAX);
    throw new AppError("too_large", `Maps are drawn up to ${most} of GeoJSON. Download this one.`);
  }
  return readGeoJsonMap((await readHead(bytes, MAP_BYTES_MAX)).toString("utf8"));
}

async function textOf({ entry, bytes }: OpenEntry): Promise<EntryPreview> {
  const head = await readHead(bytes, TEXT_BYTES);
  if (detectFileType(head) === "binary") {
    throw new AppError("unprocessable", "In spite of its name this file is no text. Download it.");
  }
  const text = head.toString("utf8");
  const isCut = entry.uncompressedSize > TEXT_BYTES;
  return { kind: "text", text: !isCut && /\.json$/i.test(entry.fileName) ? indented(text) : text, isCut };
}

/** JSON of programs stands on one line; damaged JSON is shown as it is. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
