import type { RunDetail, RunSummary } from "#lib/runs/schema";

/** The first and last part of an id: enough to tell runs apart, the whole one is in the tooltip. */
export function shortId(id: string): string {
  const parts = id.split("-");
  return `${parts[0] ?? id}-${(parts.at(-1) ?? "").slice(-4)}`;
}

/** Who or what started a run. */
export function triggerWords({ trigger, startedBy }: Pick<RunDetail | RunSummary, "trigger" | "startedBy">): string {
  switch (trigger) {
    case "api":
      return `API key ${startedBy}`;
    case "upload":
      return startedBy.startsWith("upload") ? startedBy : `upload, ${startedBy}`;
    case "schedule":
    case "system":
      return trigger === startedBy ? trigger : `${trigger}, ${startedBy}`;
    default:
      return startedBy;
  }
}

/** Seconds a run took or takes; null before it has started. */
export function elapsedS(run: Pick<RunSummary, "startedAt" | "finishedAt">, nowMs: number): number | null {
  if (run.startedAt === null) return null;
  const endMs = run.finishedAt === null ? nowMs : Date.parse(run.finishedAt);
  return Math.max(0, (endMs - Date.parse(run.startedAt)) / 1000);
}
