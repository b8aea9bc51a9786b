"use client";

import useSWR from "swr";
import type { ChartedPoint } from "#lib/driving/board/core/speed-chart";
import { wallMsOf } from "#lib/driving/board/core/wall-clock";
import { wallText } from "#lib/driving/core/frames";
import { storedRecord } from "#lib/driving/history/schema";
import { apiFetch } from "#lib/http/client";
import { pageOf } from "#lib/http/pagination";

const recordsPage = pageOf(storedRecord);
const PAGE = 5000;
/** Twelve hours of a record every ten seconds, and as many events again. */
const PAGES_MAX = 3;
/** The window's start moves with the vehicle, in steps: each is one request. */
const STEP_MS = 5 * 60_000;

interface HistoryInput {
  driver: string;
  endMs: number;
  spanMs: number;
}

/** What is stored of a driver's last minutes or hours, by the vehicle's clock. */
export function useSpeedHistory({ driver, endMs, spanMs }: HistoryInput) {
  const toMs = Math.ceil(endMs / STEP_MS) * STEP_MS;
  const from = wallText(toMs - spanMs - STEP_MS);
  const query = new URLSearchParams({ driver, from, to: wallText(toMs), limit: String(PAGE) });
  return useSWR<ChartedPoint[], Error>(`/api/v1/driving/records?${query}`, readAll, {
    keepPreviousData: true,
    revalidateOnFocus: false,
  });
}

async function readAll(address: string): Promise<ChartedPoint[]> {
  const points: ChartedPoint[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const next: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const { items, nextCursor } = await apiFetch(`${address}${next}`, { response: recordsPage });
    for (const { seq, at, speedKmh, flags, isLate } of items) {
      points.push({ seq, atMs: wallMsOf(at), speedKmh, flags, isLate });
    }
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return points;
}
