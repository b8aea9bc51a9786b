"use client";

import useSWR from "swr";
import type { z } from "zod";
import { ErrorState } from "#components/ui/error-state";
import { SkeletonRows } from "#components/ui/skeleton";
import { formatNumber } from "#lib/format/numbers";
import { pageOf } from "#lib/http/pagination";
import type { MapCluster } from "#lib/maps/spec";
import { describeCounts } from "#lib/maps/state-words";
import { listedSensor } from "#lib/sensors/schema";
import { requestJson } from "./api.ts";
import { SensorState } from "./sensor-state.tsx";
import { filterQuery } from "#lib/sensors/pages/url-filter";

interface ClusterMembersProps {
  cluster: MapCluster;
  params: URLSearchParams;
  onSelect: (sensorId: string) => void;
}

const answer = pageOf(listedSensor);
const SHOWN_MAX = 200;
/** About 1 m, so that rounding leaves no member outside. */
const MARGIN_DEG = 1e-5;

/** The sensors of a cluster that no zoom takes apart. */
export function ClusterMembers({ cluster, params, onSelect }: ClusterMembersProps) {
  const { west, south, east, north } = cluster.bbox;
  const query = filterQuery(params);
  query.set("bbox", [west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG].join(","));
  query.set("limit", String(SHOWN_MAX));
  const { data, error } = useSWR<z.output<typeof answer>, Error>(`/api/v1/sensors?${query.toString()}`, (url: string) =>
    requestJson(url, answer),
  );
  return (
    <div className="px-5 pt-4 pb-6 max-md:px-4 max-md:pt-0.5">
      <h2 className="pr-9 text-lg font-bold">{formatNumber(cluster.count)} sensors at one place</h2>
      <p className="mb-3 text-sm text-muted">{describeCounts(cluster.byState)}</p>
      {error ? <ErrorState title="The sensors could not be read">{error.message}</ErrorState> : null}
      {data ? (
        <ul>
          {data.items.map((sensor) => (
            <li key={sensor.id} className="border-b border-line last:border-b-0">
              <button
                type="button"
                onClick={() => onSelect(sensor.id)}
                className="flex min-h-9 w-full items-center gap-3 text-left text-sm hover:bg-hover max-md:min-h-11"
              >
                <span className="min-w-0 flex-1 truncate font-medium">{sensor.code}</span>
                <SensorState state={sensor.state} />
              </button>
            </li>
          ))}
        </ul>
      ) : error ? null : (
        <SkeletonRows label="Reading the sensors of this place" />
      )}
      {data?.nextCursor ? <p className="mt-2 text-xs text-muted">The first {SHOWN_MAX} by id.</p> : null}
    </div>
  );
}
