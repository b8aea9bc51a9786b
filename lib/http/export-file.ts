import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { csvResponse } from "./csv-response.ts";
import type { ExportFormat } from "./export-format.ts";

export interface ExportColumn {
  name: string;
  /** What its cells are; times are ISO texts in CSV and GeoJSON, instants in Parquet. */
  type: "text" | "number" | "boolean" | "time";
}

export type ExportCell = string | number | boolean | null;

export interface ExportTable {
  /** Without ending. */
  name: string;
  columns: readonly ExportColumn[];
  rows: AsyncGenerator<readonly ExportCell[], void, undefined>;
}

/** A table as a download. GeoJSON takes the columns `latitude` and `longitude` as the place of each row. */
export async function exportFile(table: ExportTable, format: ExportFormat): Promise<Response> {
  if (format === "geojson") return geoJsonResponse(table);
  if (format === "parquet") return parquetResponse(table);
  const columns = table.columns.map(({ name }) => name);
  return csvResponse({ fileName: `${table.name}.csv`, columns }, table.rows);
}

const attachment = (fileName: string, mediaType: string) => ({
  "content-type": mediaType,
  "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
});

const FLUSH_CHARS = 64 * 1024;

/** Written while the database is read; memory stays flat for any length. */
function geoJsonResponse({ name, columns, rows }: ExportTable): Response {
  const encoder = new TextEncoder();
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('{"type":"FeatureCollection","features":[\n')),
    pull: async (controller) => {
      let text = "";
      while (text.length < FLUSH_CHARS) {
        const { value: row, done } = await rows.next();
        if (done) {
          controller.enqueue(encoder.encode(`${text}\n]}\n`));
          controller.close();
          return;
        }
        text += `${isFirst ? "" : ",\n"}${JSON.stringify(featureOf(columns, row))}`;
        isFirst = false;
      }
      controller.enqueue(encoder.encode(text));
    },
    cancel: async () => {
      await rows.return(undefined);
    },
  });
  return new Response(body, { headers: attachment(`${name}.geojson`, "application/geo+json") });
}

function featureOf(columns: readonly ExportColumn[], row: readonly ExportCell[]) {
  const properties = Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]));
  const { latitude, longitude, ...rest } = properties;
  const isPlaced = typeof latitude === "number" && typeof longitude === "number";
  const geometry = isPlaced ? { type: "Point", coordinates: [longitude, latitude] } : null;
  return { type: "Feature", geometry, properties: rest };
}

const ROWS_PER_GROUP = 100_000;
const PARQUET_TYPES = { text: "STRING", number: "DOUBLE", boolean: "BOOLEAN", time: "TIMESTAMP" } as const;

/** Compressed in memory, group by group, because a Parquet file begins with what its end knows. */
async function parquetResponse({ name, columns, rows }: ExportTable): Promise<Response> {
  const schema = schemaFromColumnData({
    columnData: columns.map((column) => ({
      name: column.name,
      data: [],
      type: PARQUET_TYPES[column.type],
      nullable: true,
    })),
  });
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema });
  let group: ExportCell[][] = columns.map(() => []);
  const flush = async () => {
    const columnData = columns.map((column, i) => ({ name: column.name, data: group[i]!.map(cellOf(column)) }));
    if (group[0]!.length > 0) await writer.write({ columnData });
    group = columns.map(() => []);
  };
  for await (const row of rows) {
    columns.forEach((_, i) => group[i]!.push(row[i] ?? null));
    if (group[0]!.length >= ROWS_PER_GROUP) await flush();
  }
  await flush();
  await writer.finish();
  return new Response(bytes.getBuffer(), { headers: attachment(`${name}.parquet`, "application/vnd.apache.parquet") });
}

const cellOf =
  ({ type }: ExportColumn) =>
  (cell: ExportCell) =>
    type === "time" && typeof cell === "string" ? new Date(cell) : cell;
