import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import useSWR from "swr";
import { lineSearch, textLines } from "#lib/datasets/lines/schema";
import { apiFetch } from "#lib/http/client";
import { findTraceback, type Traceback } from "#lib/runs/traceback";
import type { LogRow, LogSource } from "./log-source.ts";

const PAGE = 500;
const PAGES_KEPT = 80;
const SETTLE_MS = 60;
/** A traceback that is worth looking for is among the last lines. */
const TAIL = 600;
/** A stored text never changes. */
const FIXED = { revalidateOnFocus: false, revalidateIfStale: false, revalidateOnReconnect: false } as const;

const rowOf = (index: number, text: string): LogRow => ({ number: index + 1, text, level: "info", at: null });
const linesHref = (artifactId: string, from: number, count: number) =>
  `/api/v1/artifacts/${artifactId}/lines?from=${from}&count=${count}`;

export interface StoredLog extends LogSource {
  error: string | null;
  traceback: Traceback | null;
}

/** A log in storage, read a page at a time as it is scrolled through, so that its length does not matter. */
export function useStoredLog(artifactId: string): StoredLog {
  const [pages, setPages] = useState<ReadonlyMap<number, readonly string[]>>(new Map());
  const [error, setError] = useState<string | null>(null);
  const tail = useTail(artifactId);
  const asked = useRef(new Set<number>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const load = useCallback(
    async (page: number) => {
      asked.current.add(page);
      try {
        const { lines } = await apiFetch(linesHref(artifactId, page * PAGE, PAGE), { response: textLines });
        setPages((known) => new Map([...known, [page, lines] as const].slice(-PAGES_KEPT)));
        setError(null);
      } catch (cause) {
        setError(cause instanceof Error ? cause.message : String(cause));
      } finally {
        asked.current.delete(page);
      }
    },
    [artifactId],
  );
  const want = useCallback(
    (from: number, to: number) => {
      clearTimeout(timer.current);
      // Whoever drags the scrollbar passes by pages that nobody will look at.
      timer.current = setTimeout(() => {
        for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) {
          if (!pages.has(page) && !asked.current.has(page)) void load(page);
        }
      }, SETTLE_MS);
    },
    [pages, load],
  );
  const rowAt = useCallback(
    (index: number) => {
      const text = pages.get(Math.floor(index / PAGE))?.[index % PAGE];
      return text === undefined ? null : rowOf(index, text);
    },
    [pages],
  );
  return { count: tail.total, rowAt, want, error: error ?? tail.error, traceback: tail.traceback };
}

function useTail(artifactId: string): { total: number; traceback: Traceback | null; error: string | null } {
  const first = useSWR(linesHref(artifactId, 0, 1), (at) => apiFetch(at, { response: textLines }), FIXED);
  const total = first.data?.total ?? 0;
  const from = Math.max(0, total - TAIL);
  const last = useSWR(
    total > 0 ? linesHref(artifactId, from, TAIL) : null,
    (at) => apiFetch(at, { response: textLines }),
    FIXED,
  );
  const lines = last.data?.lines;
  const traceback = useMemo(() => {
    const found = lines ? findTraceback(lines) : null;
    return found && shifted(found, from);
  }, [lines, from]);
  const error: unknown = first.error ?? last.error;
  return {
    total,
    traceback,
    error: error === undefined ? null : error instanceof Error ? error.message : "No answer.",
  };
}

function shifted(found: Traceback, by: number): Traceback {
  const { startIndex, endIndex, frame } = found;
  const place = { startIndex: startIndex + by, endIndex: endIndex + by };
  return { ...found, ...place, frame: { ...frame, index: frame.index + by } };
}

export interface FoundLines extends LogSource {
  /** All that match; the first of them are listed. */
  total: number;
  isPending: boolean;
}

/** The lines of a stored log that hold some words, found where it is stored. Null without words. */
export function useLogSearch(artifactId: string, search: string): FoundLines | null {
  const settled = useSettled(search.trim());
  const query = new URLSearchParams({ q: settled });
  const path = settled === "" ? null : `/api/v1/artifacts/${artifactId}/lines/search?${query.toString()}`;
  const { data } = useSWR(path, (at) => apiFetch(at, { response: lineSearch }), { ...FIXED, keepPreviousData: true });
  if (search.trim() === "") return null;
  const hits = data?.hits ?? [];
  return {
    count: hits.length,
    total: data?.total ?? 0,
    isPending: data === undefined || settled !== search.trim(),
    rowAt: (index) => {
      const hit = hits[index];
      return hit ? rowOf(hit.line, hit.text) : null;
    },
  };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
