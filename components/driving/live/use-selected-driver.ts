"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

const KEY = "driver";

/** The driver whose chart is open, in the address: Back and a shared link agree. */
export function useSelectedDriver(): [driver: string | null, select: (driver: string | null) => void] {
  const params = useSearchParams();
  const select = useCallback((driver: string | null) => {
    const next = new URLSearchParams(window.location.search);
    if (driver === null) next.delete(KEY);
    else next.set(KEY, driver);
    const query = next.toString();
    window.history.pushState(null, "", `${window.location.pathname}${query === "" ? "" : `?${query}`}`);
  }, []);
  return [params.get(KEY), select];
}
