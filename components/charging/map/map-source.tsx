"use client";

import { downloadCsv, fileNameOf } from "../../charts/download-csv.ts";
import { shortId } from "#components/runs/run-words";
import { Age } from "#components/ui/age";
import { SourceLine, SourceLink } from "#components/ui/source-line";
import type { MapPageRun, ReadyMap } from "#lib/charging/statistics/service/read-map-page";
import { tableOf } from "#lib/charts/chart-table";

interface MapSourceProps {
  run: MapPageRun;
  files: ReadyMap["files"];
  spec: ReadyMap["spec"];
  timeZone: string;
  now: string;
}

const FILES_SHOWN = 3;

/** Where every number of the page comes from: the run and the datasets it read. */
export function MapSource({ run, files, spec, timeZone, now }: MapSourceProps) {
  const saveCsv = () => {
    const table = tableOf({ kind: "regions", regions: spec });
    if (table) void downloadCsv(table, fileNameOf(spec.title, "csv"));
  };
  return (
    <SourceLine
      className="mt-0"
      actions={
        <>
          <button type="button" onClick={saveCsv} className="text-2xs text-muted underline underline-offset-3">
            CSV
          </button>
          <SourceLink href={`/api/v1/runs/${run.id}/result`}>JSON</SourceLink>
        </>
      }
    >
      <span>charging-statistics v{run.version}</span>
      <SourceLink href={`/runs/${run.id}`} mono title={run.id}>
        run {shortId(run.id)}
      </SourceLink>
      {files.slice(0, FILES_SHOWN).map(({ name, datasetId }) =>
        datasetId === null ? (
          <span key={name}>{name}</span>
        ) : (
          <SourceLink key={datasetId} href={`/datasets/${datasetId}`}>
            {name}
          </SourceLink>
        ),
      )}
      {files.length > FILES_SHOWN ? <span>{files.length - FILES_SHOWN} more</span> : null}
      {run.finishedAt ? <Age at={run.finishedAt} now={now} timeZone={timeZone} ago /> : null}
    </SourceLine>
  );
}
