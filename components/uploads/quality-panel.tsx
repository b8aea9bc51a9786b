"use client";

import { Download } from "lucide-react";
import Link from "next/link";
import useSWR from "swr";
import { Note } from "#components/ui/note";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { Button } from "#components/ui/button";
import { StateBadge } from "#components/ui/state-badge";
import { newRunHref } from "#components/runs/runs-href";
import { UploadStateBadge } from "#components/ui/upload-state-badge";
import type { QualityReport } from "#lib/datasets/core/quality-report";
import { datasetView, type DatasetView } from "#lib/datasets/schema";
import { formatDuration } from "#lib/format/durations";
import { countOf } from "#lib/format/lists";
import { formatNumber, formatPercent } from "#lib/format/numbers";
import { runSummary } from "#lib/runs/schema";
import { requestJson } from "#lib/uploads/engine/browser/request";
import type { UploadView } from "#lib/uploads/schema";
import { QualityFunnel } from "./quality-funnel.tsx";
import { RuleFindings } from "./rule-findings.tsx";

interface QualityPanelProps {
  upload: UploadView;
  onCleanAgain: (upload: UploadView) => void;
}

/** The quality report of the selected upload: what came in, what was kept, and why the rest was not. */
export function QualityPanel({ upload, onCleanAgain }: QualityPanelProps) {
  const datasetId = upload.dataset?.id ?? upload.duplicateOf?.datasetId ?? null;
  const { data, error, mutate } = useSWR<DatasetView, Error>(
    datasetId === null ? null : `/api/v1/datasets/${datasetId}`,
    (path: string) => requestJson({ method: "GET", path, response: datasetView }),
  );
  return (
    <>
      <section className="border-b border-line px-5 py-4">
        <div className="flex items-center justify-between gap-3">
          <p className="cap">Quality report</p>
          {data ? <Verdict report={data.report} /> : <UploadStateBadge state={lookOf(upload)} pill />}
        </div>
        <h1 className="mt-0.5 text-xl [overflow-wrap:anywhere]">{upload.fileName}</h1>
        <CleaningLine upload={upload} />
        {data ? <Figures dataset={data} upload={upload} onCleanAgain={onCleanAgain} /> : null}
        {error && !data ? (
          <Note state="fault" className="mt-2.5">
            {`The report could not be read: ${error.message} `}
            <button type="button" className="link" onClick={() => void mutate()}>
              Read it again
            </button>
          </Note>
        ) : null}
        {datasetId !== null && !data && !error ? <LoadingFigures /> : null}
        {datasetId === null ? <NoDataset upload={upload} onCleanAgain={onCleanAgain} /> : null}
      </section>
      {data ? <RuleFindings report={data.report} onCleanAgain={() => onCleanAgain(upload)} /> : null}
    </>
  );
}

function lookOf({ state }: UploadView) {
  return state === "signing" || state === "uploading" ? "uploading" : state;
}

function Verdict({ report }: { report: QualityReport }) {
  if (report.rowsIn === 0)
    return (
      <StateBadge state="suspect" pill>
        {"no rows"}
      </StateBadge>
    );
  if (report.rowsDropped === 0)
    return (
      <StateBadge state="good" pill>
        {"all rows kept"}
      </StateBadge>
    );
  const fraction = report.rowsDropped / report.rowsIn;
  return (
    <StateBadge state={fraction > 0.5 ? "fault" : "suspect"} pill>{`${formatPercent(fraction, 1)} dropped`}</StateBadge>
  );
}

function CleaningLine({ upload }: { upload: UploadView }) {
  const runId = upload.run?.id;
  const { data } = useSWR(runId ? `/api/v1/runs/${runId}` : null, (path: string) =>
    requestJson({ method: "GET", path, response: runSummary }),
  );
  if (!upload.run) return null;
  const isEnded = data?.startedAt && data.finishedAt;
  const tookS = isEnded ? (Date.parse(data.finishedAt ?? "") - Date.parse(data.startedAt ?? "")) / 1000 : null;
  return (
    <p className="mt-0.5 mb-3 text-sm text-muted">
      {data ? `Cleaned by ${data.algorithm} v${data.version}` : "Cleaned"}
      {tookS === null ? "" : ` in ${formatDuration(tookS)}`}, uploaded by {upload.createdBy}.{" "}
      <Link href={`/runs/${upload.run.id}`} className="link">
        Run
      </Link>
    </p>
  );
}

function Figures({ dataset, upload, onCleanAgain }: QualityPanelProps & { dataset: DatasetView }) {
  const { report, rejects, rowsAlreadyStored } = dataset;
  return (
    <>
      <QualityFunnel report={report} />
      {rowsAlreadyStored > 0 ? (
        <p className="mb-2.5 text-sm text-muted">
          {`${countOf(rowsAlreadyStored, "row")} of these were stored before and not added again.`}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {report.rowsKept > 0 ? (
          <Button variant="primary" href={`/datasets/${dataset.id}`} className="grow">
            {`Open the ${formatNumber(report.rowsKept)} rows`}
          </Button>
        ) : (
          <Button variant="primary" onClick={() => onCleanAgain(upload)} className="grow">
            Map columns and clean again
          </Button>
        )}
        {rejects ? (
          <Button icon={Download} href={`/api/v1/datasets/${dataset.id}/rejects`} download>
            Rejects
          </Button>
        ) : null}
      </div>
    </>
  );
}

function NoDataset({ upload, onCleanAgain }: QualityPanelProps) {
  if (upload.state === "rejected")
    return (
      <Note state="fault" className="mt-2.5">
        {upload.reason ?? "The file was rejected."}
      </Note>
    );
  if (upload.reasonCode === "needs_mapping") {
    return (
      <>
        <Note state="suspect" className="mt-2.5">
          {upload.reason ?? "The columns could not be told apart."}
        </Note>
        <Button variant="primary" block className="mt-3" onClick={() => onCleanAgain(upload)}>
          Map columns
        </Button>
      </>
    );
  }
  if (upload.run && upload.run.state !== "succeeded") {
    return <p className="mt-2 text-sm text-muted">The report appears here when the cleaning run has ended.</p>;
  }
  if (upload.readBy !== null && upload.state === "checked") {
    return (
      <>
        <p className="mt-2 text-sm text-muted">Kept whole: runs read it as it is.</p>
        <Button variant="primary" block className="mt-3" href={newRunHref(upload.readBy, { uploadId: upload.id })}>
          Compute with it
        </Button>
      </>
    );
  }
  return <p className="mt-2 text-sm text-muted">Stored as it is; no table was made from it.</p>;
}

function LoadingFigures() {
  return (
    <SkeletonGroup label="Reading the quality report">
      {["100%", "8%", "12%", "92%"].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </SkeletonGroup>
  );
}
