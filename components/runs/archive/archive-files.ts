import type { ArchiveEntry } from "#lib/datasets/archive/schema";
import type { RunDetail } from "#lib/runs/schema";

export interface ArchiveFile {
  artifactId: string;
  name: string;
  label: string;
}

const LABELS: Readonly<Record<string, string>> = { "output.zip": "Output", "partial.zip": "Partial output" };

/** The zips among a run's files: what it wrote first, because that is what one comes for. */
export function archivesOf(artifacts: RunDetail["artifacts"]): ArchiveFile[] {
  const zips = artifacts.filter(({ name }) => name.toLowerCase().endsWith(".zip"));
  const written = zips.filter(({ direction }) => direction === "output");
  const read = zips.filter(({ direction }) => direction === "input");
  return [
    ...written.map(({ artifactId, name }) => ({ artifactId, name, label: LABELS[name] ?? name })),
    ...read.map(({ artifactId, name }) => ({ artifactId, name, label: "Input" })),
  ];
}

/** What is opened without asking: the first file that can be shown, tables before the rest. */
export function firstShown(entries: readonly ArchiveEntry[]): ArchiveEntry | null {
  const shown = entries.filter(({ kind }) => kind !== "none");
  return shown.find(({ kind }) => kind === "table") ?? shown[0] ?? null;
}

export function entryHref(artifactId: string, path: string, options: { inline?: boolean } = {}): string {
  const query = new URLSearchParams({ path, ...(options.inline ? { inline: "true" } : {}) });
  return `/api/v1/artifacts/${artifactId}/entries/content?${query.toString()}`;
}

/** What is asked of a file in a zip. */
export function entryApi(
  artifactId: string,
  what: "preview" | "rows" | "chart",
  query: Record<string, string>,
): string {
  return `/api/v1/artifacts/${artifactId}/entries/${what}?${new URLSearchParams(query).toString()}`;
}

/** A stored zip never changes. */
export const FIXED = { revalidateOnFocus: false, revalidateIfStale: false, revalidateOnReconnect: false } as const;
