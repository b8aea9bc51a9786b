"use client";

import { useEffect, useState } from "react";
import type { PaletteItem, PaletteSearch } from "./command-palette.tsx";

const WAIT_MS = 150;

interface Found {
  query: string;
  items: readonly PaletteItem[];
  failed: boolean;
}

/** Asks `search` once typing rests; an answer to an older question is dropped. */
export function usePaletteSearch(query: string, search: PaletteSearch | undefined) {
  const [found, setFound] = useState<Found>({ query: "", items: [], failed: false });
  const wanted = search && query.trim().length >= 2 ? query.trim() : "";
  useEffect(() => {
    if (!wanted || !search) return;
    const abort = new AbortController();
    const timer = window.setTimeout(() => {
      search(wanted, abort.signal)
        .then((items) => ({ query: wanted, items, failed: false }))
        .catch(() => ({ query: wanted, items: [], failed: true }))
        .then((answer) => {
          if (!abort.signal.aborted) setFound(answer);
        })
        .catch(() => undefined);
    }, WAIT_MS);
    return () => {
      window.clearTimeout(timer);
      abort.abort();
    };
  }, [wanted, search]);
  return {
    items: wanted ? found.items : [],
    failed: wanted !== "" && found.failed && found.query === wanted,
    searching: wanted !== "" && found.query !== wanted,
  };
}
