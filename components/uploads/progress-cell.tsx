import Link from "next/link";
import { formatNumber, formatPercent } from "#lib/format/numbers";
import { isLive } from "#lib/runs/schema";
import type { UploadItem } from "#lib/uploads/engine/types";
import type { UploadView } from "#lib/uploads/schema";
import { newRunHref } from "#components/runs/runs-href";
import { PartProgress } from "#components/ui/part-progress";
import { ProgressBar } from "#components/ui/progress-bar";
import { progressWords } from "./progress-words.ts";
import type { UploadRow } from "./upload-rows.ts";

/** What is happening to a file, or what became of it. */
export function ProgressCell({ row }: { row: UploadRow }) {
  const { live, stored } = row;
  if (live && live.state !== "stored") return <Transfer item={live} />;
  if (live?.duplicateOf) return <Quiet>same bytes, linked, nothing computed twice</Quiet>;
  if (stored) return <Outcome view={stored} />;
  return <Quiet>stored, waiting for its check</Quiet>;
}

function Quiet({ children }: { children: React.ReactNode }) {
  return <span className="text-xs text-muted">{children}</span>;
}

function Transfer({ item }: { item: UploadItem }) {
  const words = progressWords(item);
  const hasBar =
    item.state === "uploading" || item.state === "completing" || (item.state === "paused" && item.sentBytes > 0);
  if (item.state === "failed") {
    return (
      <span className="text-xs text-fault">
        {words}
        {item.failure?.requestId ? <span className="text-muted"> Request {item.failure.requestId}.</span> : null}
      </span>
    );
  }
  return (
    <div className="flex flex-col gap-[5px]">
      {hasBar ? <TransferBar item={item} /> : null}
      <Quiet>{words}</Quiet>
    </div>
  );
}

function TransferBar({ item }: { item: UploadItem }) {
  const { fileName, sizeBytes, sentBytes, partCount, partsDone } = item;
  const fraction = sizeBytes === 0 ? 1 : sentBytes / sizeBytes;
  const tone = item.state === "paused" ? "paused" : "active";
  if (partCount < 2) return <ProgressBar label={fileName} fraction={fraction} tone={tone} caption={null} />;
  // Parts on the wire fill the place after those that are done.
  const partial = Math.max(0, fraction * partCount - partsDone);
  return <PartProgress label={fileName} total={partCount} done={partsDone} partial={[partial]} tone={tone} />;
}

function Outcome({ view }: { view: UploadView }) {
  const { run, dataset } = view;
  if (view.duplicateOf) {
    const { datasetId } = view.duplicateOf;
    return (
      <Quiet>
        same bytes, linked, nothing computed twice
        {datasetId ? (
          <>
            . <Anchor href={`/datasets/${datasetId}`}>Its dataset</Anchor>
          </>
        ) : null}
      </Quiet>
    );
  }
  if (view.state === "rejected") return <span className="text-xs text-fault">{view.reason ?? "Rejected."}</span>;
  if (view.state === "signing" || view.state === "uploading") {
    return <Quiet>{`begun by ${view.createdBy}, its bytes have not all arrived`}</Quiet>;
  }
  if (run && isLive(run.state)) return <Cleaning fileName={view.fileName} run={run} />;
  if (dataset) {
    const { rowsIn, rowsKept } = dataset;
    const kept =
      rowsKept === rowsIn
        ? `all ${formatNumber(rowsIn)} rows kept`
        : `${formatNumber(rowsKept)} of ${formatNumber(rowsIn)} rows kept`;
    return (
      <Quiet>
        <Anchor href={`/datasets/${dataset.id}`}>{`Dataset ${dataset.name}`}</Anchor> {kept}
      </Quiet>
    );
  }
  if (run && run.state !== "succeeded") {
    return (
      <span className="text-xs text-fault">
        The file is kept, its rows are not. <Anchor href={`/runs/${run.id}`}>See the run</Anchor>
      </span>
    );
  }
  if (view.readBy !== null && view.state === "checked") {
    return (
      <Quiet>
        kept whole. <Anchor href={newRunHref(view.readBy, { uploadId: view.id })}>Compute with it</Anchor>
      </Quiet>
    );
  }
  if (view.reason) return <Quiet>{view.reason}</Quiet>;
  return <Quiet>{view.state === "stored" ? "stored, waiting for its check" : "stored, nothing to clean"}</Quiet>;
}

function Cleaning({ fileName, run }: { fileName: string; run: NonNullable<UploadView["run"]> }) {
  const isQueued = run.state === "queued";
  return (
    <div className="flex flex-col gap-[5px]">
      {isQueued ? null : <ProgressBar label={`Cleaning ${fileName}`} fraction={run.progressFraction} caption={null} />}
      <Quiet>
        {isQueued ? "waiting for a worker" : `cleaning, ${formatPercent(run.progressFraction)}`}
        {run.step && !isQueued ? `, ${run.step.toLowerCase()}` : ""} <Anchor href={`/runs/${run.id}`}>Run</Anchor>
      </Quiet>
    </div>
  );
}

function Anchor({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link href={href} className="link">
      {children}
    </Link>
  );
}
