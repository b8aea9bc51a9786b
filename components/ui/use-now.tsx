"use client";

import { useEffect, useState } from "react";
import { toMs, type Instant } from "#lib/format/dates";

/** The current instant in epoch ms, renewed every `everyS`; starts at `initial`, so server and browser agree. */
export function useNow(initial: Instant, everyS: number): number {
  const [nowMs, setNowMs] = useState(toMs(initial));
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), everyS * 1000);
    return () => window.clearInterval(timer);
  }, [everyS]);
  return nowMs;
}
