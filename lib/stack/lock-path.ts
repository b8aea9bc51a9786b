import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { recordedProcess, recordProcess, stillRuns } from "./processes.ts";

const holderSchema = recordedProcess.extend({ label: z.string() });
export type LockHolder = z.infer<typeof holderSchema>;

export type LockAttempt = { release: () => void } | { holder: LockHolder };

/**
 * Takes a lock that dies with its owner: a file that names pid and start time. `label` says what the owner does
 * (its URL, "building"). A file whose owner no longer runs is taken over.
 */
export function tryLock(path: string, label: string): LockAttempt {
  const own = JSON.stringify({ ...recordProcess(process.pid), label });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    for (;;) {
      // link() fails when the name exists and never shows a half-written file.
      if (linkFirst(draft, path)) return { release: () => releaseOwn(path, own) };
      const text = readText(path);
      const holder = parseHolder(text);
      if (holder && stillRuns(holder)) return { holder };
      discardStale(path, text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Who holds the lock now; null when nobody alive does. */
export function findHolder(path: string): LockHolder | null {
  const holder = parseHolder(readText(path));
  return holder && stillRuns(holder) ? holder : null;
}

/** Runs `fn` under the lock, waiting for another process to leave it. */
export async function withLock<T>(path: string, label: string, fn: () => Promise<T>): Promise<T> {
  for (;;) {
    const attempt = tryLock(path, label);
    if ("release" in attempt) {
      try {
        return await fn();
      } finally {
        attempt.release();
      }
    }
    await delay(100);
  }
}

function linkFirst(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead owner's file away; should another start have replaced it meanwhile, that one is put back. */
function discardStale(path: string, seen: string | null): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readText(aside) !== seen) linkFirst(aside, path);
  rmSync(aside, { force: true });
}

function releaseOwn(path: string, own: string): void {
  if (readText(path) === own) rmSync(path, { force: true });
}

function parseHolder(text: string | null): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
