"use client";

import { useState } from "react";
import useSWR from "swr";
import { type Bbox, formatBbox } from "#lib/geo/bbox";
import { alignViewport } from "#lib/maps/cluster";
import { type ViewportAnswer, viewportAnswer } from "#lib/sensors/schema";
import { requestJson } from "./api.ts";
import { filterQuery } from "#lib/sensors/pages/url-filter";

const REFRESH_MS = 30_000;

export interface ViewportData {
  /** The newest answer, kept while the next one is on its way. */
  data: ViewportAnswer | undefined;
  /** When it came, epoch ms. */
  receivedAtMs: number | null;
  error: Error | undefined;
  isLoading: boolean;
  retry: () => void;
}

/** What the map shows of its box, renewed every 30 s; small pans ask for the same box and cost nothing. */
export function useViewport(view: { bbox: Bbox; zoom: number } | null, params: URLSearchParams): ViewportData {
  const [receivedAtMs, setReceivedAtMs] = useState<number | null>(null);
  const key = view ? keyOf(view, params) : null;
  const { data, error, isLoading, mutate } = useSWR<ViewportAnswer, Error>(
    key,
    (url: string) => requestJson(url, viewportAnswer),
    {
      keepPreviousData: true,
      refreshInterval: REFRESH_MS,
      onSuccess: () => setReceivedAtMs(Date.now()),
    },
  );
  return { data, receivedAtMs, error, isLoading, retry: () => void mutate() };
}

function keyOf(view: { bbox: Bbox; zoom: number }, params: URLSearchParams): string {
  const { bbox, zoom } = alignViewport(view);
  const query = filterQuery(params);
  query.set("bbox", formatBbox(bbox));
  query.set("zoom", String(Math.round(zoom * 100) / 100));
  const colour = params.get("colour");
  if (colour) query.set("colour", colour);
  return `/api/v1/sensors/map?${query.toString()}`;
}
