"use client";

import useSWR, { type SWRResponse } from "swr";
import { recentAnswer, type RecentAnswer, sensorDetail, type SensorDetail } from "#lib/sensors/schema";
import { requestJson } from "./api.ts";

const REFRESH_MS = 60_000;

export function useSensor(sensorId: string | null): SWRResponse<SensorDetail, Error> {
  const key = sensorId === null ? null : `/api/v1/sensors/${encodeURIComponent(sensorId)}`;
  return useSWR<SensorDetail, Error>(key, (url: string) => requestJson(url, sensorDetail), {
    refreshInterval: REFRESH_MS,
  });
}

export function useRecent(sensorId: string): SWRResponse<RecentAnswer, Error> {
  const key = `/api/v1/sensors/${encodeURIComponent(sensorId)}/recent`;
  return useSWR<RecentAnswer, Error>(key, (url: string) => requestJson(url, recentAnswer), {
    refreshInterval: REFRESH_MS,
  });
}
