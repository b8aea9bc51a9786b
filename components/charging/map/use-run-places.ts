import useSWRImmutable from "swr/immutable";
import { z } from "zod";
import { chargingStatisticsResult } from "#lib/charging/statistics/schema";
import { apiFetch } from "#lib/http/client";

const answer = z.object({
  result: chargingStatisticsResult.pick({ counties: true, months: true, zips: true, stations: true }),
});

export type RunPlaces = z.output<typeof answer>["result"];

/** ZIPs, stations and dates of a run: read when they are looked at first, so that the map need not wait for them. */
export function useRunPlaces(runId: string, isWanted: boolean) {
  const read = (path: string) => apiFetch(path, { response: answer });
  const { data, error } = useSWRImmutable<z.output<typeof answer>, Error>(
    isWanted ? `/api/v1/runs/${runId}/result` : null,
    read,
  );
  return { places: data?.result ?? null, error: error ?? null };
}
