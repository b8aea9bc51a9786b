"use client";

import { Fragment, type ReactNode } from "react";
import { SourceLink } from "#components/ui/source-line";
import { Age } from "#components/ui/age";
import { shortHash } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import type { PostView, SensorDetail, SourceView } from "#lib/sensors/schema";

const SHOWN = 2;

interface SeriesSourceProps {
  sensor: SensorDetail;
  sources: readonly SourceView[];
  posts: readonly PostView[];
  timeZone: string;
  now: string;
}

/** Check and run behind the flags; dataset and file, or who posted them, behind the values. */
export function SeriesSource({ sensor, sources, posts, timeZone, now }: SeriesSourceProps) {
  const { verdictRun } = sensor;
  const parts: { key: string; part: ReactNode }[] = [];
  if (verdictRun) {
    parts.push({ key: "check", part: `${verdictRun.algorithm} v${verdictRun.version}` });
    parts.push({
      key: "run",
      part: (
        <SourceLink href={`/runs/${verdictRun.id}`} mono>
          run {shortHash(verdictRun.id)}
        </SourceLink>
      ),
    });
    parts.push({ key: "age", part: <Age at={verdictRun.finishedAt} timeZone={timeZone} now={now} ago /> });
  }
  for (const source of sources.slice(0, SHOWN)) {
    parts.push({
      key: `d-${source.datasetId}`,
      part: <SourceLink href={`/datasets/${source.datasetId}`}>dataset {source.datasetName}</SourceLink>,
    });
    if (source.uploadId && source.fileName) {
      parts.push({
        key: `f-${source.uploadId}`,
        part: <SourceLink href={`/uploads?upload=${source.uploadId}`}>file {source.fileName}</SourceLink>,
      });
    }
  }
  if (sources.length > SHOWN)
    parts.push({ key: "more", part: `${formatNumber(sources.length - SHOWN)} more datasets` });
  for (const actor of new Set(posts.map(({ actorLabel }) => actorLabel))) {
    const newest = posts.find(({ actorLabel }) => actorLabel === actor);
    if (!newest) continue;
    const at = <Age at={newest.lastAt} timeZone={timeZone} now={now} ago />;
    parts.push({
      key: `p-${newest.no}`,
      part: (
        <>
          posted by {actor}, last {at}
        </>
      ),
    });
  }
  return parts.map(({ key, part }, index) => (
    <Fragment key={key}>
      {index > 0 ? <span aria-hidden>·</span> : null}
      <span>{part}</span>
    </Fragment>
  ));
}
