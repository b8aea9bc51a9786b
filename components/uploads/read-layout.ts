import type { DatasetKind } from "#lib/datasets/core/dataset-kind";
import type { ColumnMapping, MappingProposal } from "#lib/datasets/core/mapping";
import { isAppError } from "#lib/errors";
import type { Sniff } from "#lib/tables/sniff";

const HEAD_BYTES = 256 * 1024;
/** Below this a file looks like no kind of dataset. */
const LIKENESS_MIN = 0.35;

export interface FileLayout {
  sniff: Sniff;
  /** Equal for files with the same columns. */
  signature: string;
  kinds: readonly DatasetKind[];
  kind: DatasetKind;
  proposal: MappingProposal;
}

export type LayoutReading =
  /** Nothing to ask: the server will know, or it is no table that could be previewed here (zip). */
  { outcome: "clear" } | { outcome: "refused"; detail: string } | { outcome: "ask"; layout: FileLayout };

/** Reads the first rows of a chosen file and says whether a person has to map its columns before it is sent. */
export async function readLayout(file: Blob & { name: string }): Promise<LayoutReading> {
  // Loaded at the first file, so that the page itself stays small.
  const [{ sniff }, { detectFileType }, { SENSOR_KINDS }, { CHARGING_KINDS }, { drivingRecordsKind }] =
    await Promise.all([
      import("#lib/tables/sniff"),
      import("#lib/tables/magic"),
      import("#lib/sensors/cleaning/kinds"),
      import("#lib/charging/cleaning/kinds"),
      import("#lib/driving/cleaning/kinds"),
    ]);
  const bytes = await readHead(file);
  const type = detectFileType(bytes);
  if (type === "zip") return { outcome: "clear" };
  try {
    const head = type === "gzip" ? await gunzipHead(bytes) : bytes;
    return judge(sniff(head), file.name, [...SENSOR_KINDS, ...CHARGING_KINDS, drivingRecordsKind]);
  } catch (error) {
    if (isAppError(error, "unprocessable")) return { outcome: "refused", detail: error.message };
    return { outcome: "clear" };
  }
}

function judge(head: Sniff, fileName: string, kinds: readonly DatasetKind[]): LayoutReading {
  const [best] = kinds
    .map((kind) => ({ kind, likeness: kind.likeness(head) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  if (!best) return { outcome: "clear" };
  const proposal = best.kind.proposeMapping(head, fileName);
  const isKnown = best.likeness >= LIKENESS_MIN && !proposal.questions.some((question) => question.required);
  if (isKnown) return { outcome: "clear" };
  return {
    outcome: "ask",
    layout: { sniff: head, signature: signatureOf(head.columns), kinds, kind: best.kind, proposal },
  };
}

/** The same normalisation as the server's saved mappings use, before hashing. */
export function signatureOf(columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => column.trim().toLowerCase()));
}

async function readHead(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
}

/** As much as the first bytes of a gzip hold; its missing end is no error here. */
async function gunzipHead(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < HEAD_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } catch {
    // "unexpected end" of the cut-off stream
  }
  await reader.cancel().catch(() => undefined);
  const head = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    head.set(chunk, at);
    at += chunk.length;
  }
  return head;
}

/** What still stands in the way of this mapping, in sentences. */
export function problemsOf(kind: DatasetKind, mapping: ColumnMapping, columns: readonly string[]): string[] {
  try {
    kind.checkMapping(mapping, columns);
    return [];
  } catch (error) {
    if (!isAppError(error)) return [error instanceof Error ? error.message : String(error)];
    const details = error.fields.map((field) => field.detail);
    return details.length > 0 ? details : [error.message];
  }
}
