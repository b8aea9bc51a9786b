"use client";

import Link from "next/link";
import type { SWRResponse } from "swr";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { KeyValues } from "#components/ui/key-values";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { SourceLine, SourceLink } from "#components/ui/source-line";
import { Age } from "#components/ui/age";
import { Time } from "#components/ui/time";
import { formatNumber } from "#lib/format/numbers";
import { shortHash } from "#lib/format/lists";
import type { SensorDetail } from "#lib/sensors/schema";
import { RequestError } from "./api.ts";
import { LatestReadings } from "./latest-readings.tsx";
import { References } from "./references.tsx";
import { SensorState } from "./sensor-state.tsx";
import { positionText } from "#lib/sensors/pages/words";

interface SensorDrawerProps {
  sensorId: string;
  sensor: SWRResponse<SensorDetail, Error>;
  timeZone: string;
}

const SECTION = "border-b border-line px-5 py-3.5 last:border-b-0 max-md:px-4";

/** The selected sensor beside the map: state and why, latest readings, nearest references. */
export function SensorDrawer({ sensorId, sensor: { data, error, mutate }, timeZone }: SensorDrawerProps) {
  if (error && !data) return <DrawerError error={error} onRetry={() => void mutate()} />;
  if (!data) return <DrawerLoading />;
  const { code, name, owner, state, since, reason } = data;
  return (
    <>
      <div className={`${SECTION} pt-4 max-md:pt-0.5`}>
        <div className="flex h-7 items-center gap-2.5 pr-9">
          <SensorState state={state} check={data.verdictCheck} pill />
          {since ? (
            <span className="text-xs text-muted">
              for <Age at={since} timeZone={timeZone} />
            </span>
          ) : null}
        </div>
        <h2 className="mt-2 text-xl leading-(--leading-xl) font-bold">{code}</h2>
        <p className="text-sm text-muted">
          {[name === code ? "" : name, owner && `owner ${owner}`].filter(Boolean).join(" · ") || "No name, no owner"}
        </p>
        {reason ? <p className="mt-2 text-sm text-ink-2">{reason}</p> : null}
        <div className="mt-3 flex gap-2">
          <Button variant="primary" href={`/sensors/${sensorId}`}>
            Open sensor
          </Button>
        </div>
      </div>
      <section className={SECTION} aria-label="Latest readings">
        <h3 className="mb-2 flex items-baseline gap-2">
          Latest readings
          <span className="cap">
            {data.lastObservedAt ? <Time at={data.lastObservedAt} timeZone={timeZone} /> : "none yet"}, 7 days
          </span>
        </h3>
        <LatestReadings sensor={data} />
        {data.verdictRun ? (
          <SourceLine>
            <span>
              {data.verdictRun.algorithm} v{data.verdictRun.version}
            </span>
            <SourceLink href={`/runs/${data.verdictRun.id}`} mono>
              run {shortHash(data.verdictRun.id)}
            </SourceLink>
            <Age at={data.verdictRun.finishedAt} timeZone={timeZone} ago />
          </SourceLine>
        ) : null}
      </section>
      <section className={SECTION} aria-label="Reference stations near">
        <h3 className="mb-2">Reference stations near</h3>
        <References sensor={data} />
      </section>
      <section className={SECTION} aria-label="Facts">
        <KeyValues items={factsOf(data)} />
        {data.registrySource ? (
          <p className="mt-2 text-xs text-muted">
            From{" "}
            <Link href={`/datasets/${data.registrySource.datasetId}`} className="link">
              {data.registrySource.fileName ?? data.registrySource.datasetName}
            </Link>
          </p>
        ) : null}
      </section>
    </>
  );
}

function factsOf({ latitude, longitude, elevationM, exposure }: SensorDetail) {
  return [
    { key: "Position", value: latitude === null || longitude === null ? "unknown" : positionText(latitude, longitude) },
    ...(elevationM === null ? [] : [{ key: "Elevation", value: `${formatNumber(elevationM, { decimals: 0 })} m` }]),
    ...(exposure === "" ? [] : [{ key: "Exposure", value: exposure }]),
  ];
}

function DrawerError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isGone = error instanceof RequestError && error.status === 404;
  return (
    <div className="px-5 py-12">
      <ErrorState
        title={isGone ? "There is no such sensor" : "The sensor could not be read"}
        actions={
          isGone ? undefined : (
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          )
        }
        {...(error instanceof RequestError && error.requestId && !isGone ? { requestId: error.requestId } : {})}
      >
        {isGone ? "It was removed, or belongs to another workspace." : error.message}
      </ErrorState>
    </div>
  );
}

function DrawerLoading() {
  return (
    <div className="px-5 pt-4">
      <SkeletonGroup label="Reading the sensor">
        <Skeleton width="96px" height="22px" />
        <Skeleton width="50%" height="20px" />
        <Skeleton width="70%" />
        <Skeleton width="120px" height="32px" className="mb-6" />
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} height="30px" />
        ))}
      </SkeletonGroup>
    </div>
  );
}
