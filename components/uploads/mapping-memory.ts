import { z } from "zod";
import { columnMapping, type ColumnMapping } from "#lib/datasets/core/mapping";
import { digestSha256 } from "#lib/uploads/engine/browser/digest-sha256";
import { requestJson } from "#lib/uploads/engine/browser/request";
import { toHex } from "#lib/uploads/engine/encoding";

const PATH = "/api/v1/column-mappings";
const saved = z.object({ items: z.array(z.object({ mapping: columnMapping })) });

/** The mapping someone in the workspace saved for files with these columns; null when there is none. Never rejects. */
export async function recallMapping(signature: string): Promise<ColumnMapping | null> {
  const digest = toHex(await digestSha256(new TextEncoder().encode(signature).buffer));
  const path = `${PATH}?headerSignature=${digest}`;
  const found = await requestJson({ method: "GET", path, response: saved }).catch(() => null);
  return found?.items[0]?.mapping ?? null;
}

export interface MappingToSave {
  name: string;
  mapping: ColumnMapping;
  columns: readonly string[];
}

/** Saves the mapping for every later file with the same columns. Rejects with a `TransferFailure`. */
export async function rememberMapping({ name, mapping, columns }: MappingToSave): Promise<void> {
  await requestJson({ method: "POST", path: PATH, body: { name, mapping, columns }, response: z.unknown() });
}
