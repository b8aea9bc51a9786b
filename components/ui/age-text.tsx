"use client";

import { useSyncExternalStore } from "react";
import { formatAge } from "#lib/format/ages";
import { subscribeToTicks, tickMs } from "./now-ms.ts";

interface AgeTextProps {
  atMs: number;
  /** The clock of the first rendering, so that the browser begins with the same words. */
  renderedAtMs: number;
}

/** The words of an age, kept current. */
export function AgeText({ atMs, renderedAtMs }: AgeTextProps) {
  const nowMs = useSyncExternalStore(subscribeToTicks, tickMs, () => renderedAtMs);
  return formatAge(atMs, Math.max(nowMs, renderedAtMs));
}
