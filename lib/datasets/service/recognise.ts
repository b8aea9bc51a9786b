import type { Ctx } from "#lib/auth/context";
import { sha256Hex } from "#lib/ids";
import type { Sniff } from "#lib/tables/sniff";
import { type ColumnMapping, columnMapping, type MappingQuestion } from "../core/mapping.ts";
import { getDatasetKind, listDatasetKinds } from "../registry.ts";
import { findSavedMapping } from "../store.ts";

export interface Recognition {
  kind: string;
  mapping: ColumnMapping;
  /** Required questions a person must answer before the file can be cleaned; empty when it can. */
  questions: MappingQuestion[];
  how: "given" | "saved" | "proposed";
}

/** Below this a file does not look like any kind and a person decides. */
const LIKENESS_MIN = 0.35;

export interface FileToRecognise {
  fileName: string;
  sniff: Sniff;
  /** "auto", or the kind the uploader chose. */
  kind: string;
  /** A mapping the uploader sent along. */
  mapping: unknown;
}

/** Decides how a file becomes a dataset: by the mapping sent along, one saved for this header, or a proposal. */
export async function recogniseTable(ctx: Ctx, file: FileToRecognise): Promise<Recognition | null> {
  const given = file.mapping ? columnMapping.parse(file.mapping) : null;
  if (given) return { kind: given.kind, mapping: given, questions: [], how: "given" };
  const kinds = file.kind === "auto" ? await listDatasetKinds() : [await getDatasetKind(file.kind)];
  const [best] = kinds
    .map((kind) => ({ kind, likeness: kind.likeness(file.sniff) }))
    .sort((a, b) => b.likeness - a.likeness);
  if (!best || (file.kind === "auto" && best.likeness < LIKENESS_MIN)) return null;
  const { kind } = best;
  const saved = await findSavedMapping(ctx, kind.kind, headerSignature(file.sniff.columns));
  if (saved) return { kind: kind.kind, mapping: saved, questions: [], how: "saved" };
  const proposal = kind.proposeMapping(file.sniff, file.fileName);
  const questions = proposal.questions.filter((question) => question.required);
  return { kind: kind.kind, mapping: proposal.mapping, questions, how: "proposed" };
}

/** Equal for files with the same header, whatever its case and spacing. */
export function headerSignature(columns: readonly string[]): string {
  return sha256Hex(JSON.stringify(columns.map((column) => column.trim().toLowerCase())));
}
