"use client";

import { RefreshCw, Upload } from "lucide-react";
import { useEffect, useState } from "react";
import { z } from "zod";
import { EmptyState } from "#components/ui/empty-state";
import { Note } from "#components/ui/note";
import { StaleNote } from "#components/ui/stale-note";
import { Button } from "#components/ui/button";
import { countOf } from "#lib/format/lists";
import { requestJson } from "#lib/uploads/engine/browser/request";
import type { UploadView } from "#lib/uploads/schema";
import { DropZone, requestBrowse } from "./drop-zone.tsx";
import { MapBeforeSending, MapStoredUpload } from "./mapping-dialogs.tsx";
import { QualityPanel } from "./quality-panel.tsx";
import { TotalsBar } from "./totals-bar.tsx";
import { UnfinishedUploads } from "./unfinished-uploads.tsx";
import { useUploadEngine, useUploads } from "./upload-provider.tsx";
import { mergeRows } from "./upload-rows.ts";
import { UploadTable } from "./upload-table.tsx";
import { useIncomingFiles } from "./use-incoming-files.ts";
import { useSelectedUpload } from "./use-selected-upload.ts";
import { useServerUploads, type UploadPage } from "./use-server-uploads.ts";

interface UploadsBoardProps {
  fallbackData: UploadPage;
  /** Dataset kind → what people call it. */
  kindLabels: Readonly<Record<string, string>>;
  maxSizeBytes: number;
  /** When the page was drawn, epoch ms. */
  nowMs: number;
  /** Viewers see, uploaders send. */
  canUpload: boolean;
}

/** The uploads page: take files, follow them, and read what became of them. */
export function UploadsBoard({ fallbackData, kindLabels, maxSizeBytes, nowMs, canUpload }: UploadsBoardProps) {
  const engine = useUploadEngine();
  const { items, totals, unfinished } = useUploads();
  const isSending = totals.activeCount + totals.waitingCount > 0;
  const server = useServerUploads(fallbackData, isSending);
  const incoming = useIncomingFiles(engine);
  const [mapped, setMapped] = useState<UploadView | null>(null);
  const rows = mergeRows(items, server.views, new Set(unfinished.map((upload) => upload.uploadId)));
  const selection = useSelectedUpload(rows);
  useAfterEach(items.filter((item) => item.state === "stored").length, server.refresh);
  const group = incoming.groups[0];
  return (
    <div className="grid flex-1 lg:grid-cols-[minmax(0,1fr)_420px]">
      <div className="min-w-0">
        {canUpload ? (
          <section aria-label="Add files" className="px-(--gutter) pt-[18px] pb-3.5">
            <DropZone maxSizeBytes={maxSizeBytes} onFiles={(files) => void incoming.receive(files)} />
            {incoming.refused.length > 0 ? (
              <Refused files={incoming.refused} onClose={incoming.dismissRefused} />
            ) : null}
          </section>
        ) : null}
        <UnfinishedUploads now={nowMs} />
        <TotalsBar
          fileCount={rows.length}
          hasMore={server.hasMore}
          totals={totals}
          readingCount={incoming.readingCount}
          onPauseAll={() => engine?.pauseAll()}
          onResumeAll={() => engine?.resumeAll()}
        />
        {server.error ? (
          <div className="px-(--gutter) py-2">
            <StaleNote
              action={
                <button type="button" className="link" onClick={() => void server.refresh()}>
                  Read it again
                </button>
              }
            >
              {`The list may be out of date: ${server.error.message}`}
            </StaleNote>
          </div>
        ) : null}
        <section aria-label="Files" className="px-(--gutter) pb-[18px]">
          {rows.length > 0 ? (
            <UploadTable
              rows={rows}
              kindLabels={kindLabels}
              selectedId={selection.selected?.id ?? null}
              onSelect={(row) => selection.select(row.stored?.id ?? null)}
              onPause={(key) => engine?.pause(key)}
              onResume={(key) => engine?.resume(key)}
              onRetry={(key) => engine?.retry(key)}
              onCancel={(key) => engine?.cancel(key)}
              onRemove={(key) => engine?.remove(key)}
              onMap={setMapped}
              onGiveUp={(uploadId) => void engine?.forgetUnfinished(uploadId).then(server.refresh)}
            />
          ) : (
            <Empty canUpload={canUpload} />
          )}
          {server.hasMore ? (
            <Button className="mt-3" onClick={() => void server.showMore()}>
              Show older uploads
            </Button>
          ) : null}
        </section>
      </div>
      <aside aria-label="Quality report" className="min-w-0 bg-bg max-lg:border-t lg:border-l border-line">
        {selection.selected?.stored ? (
          <QualityPanel
            key={selection.selected.stored.id}
            upload={selection.selected.stored}
            onCleanAgain={setMapped}
          />
        ) : (
          <p className="px-5 py-4 text-sm text-muted">
            Choose a file to read its quality report: rows in, repaired, dropped and kept, rule by rule.
          </p>
        )}
      </aside>
      {group ? <MapBeforeSending group={group} onDecide={incoming.decide} /> : null}
      {mapped && !group ? (
        <MapStoredUpload
          upload={mapped}
          onClose={() => setMapped(null)}
          onStarted={() => {
            setMapped(null);
            void server.refresh();
          }}
        />
      ) : null}
    </div>
  );
}

/** Asks the server at once when a file has arrived, instead of at the next turn. */
function useAfterEach(count: number, run: () => unknown): void {
  useEffect(() => {
    if (count > 0) run();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `run` is new on every render; the count is the event
  }, [count]);
}

function Refused({ files, onClose }: { files: readonly { fileName: string; detail: string }[]; onClose: () => void }) {
  return (
    <div role="alert">
      <Note state="fault" className="mt-2.5">
        <p className="font-medium">{`${countOf(files.length, "file")} not sent`}</p>
        <ul>
          {files.slice(0, 5).map((file, index) => (
            <li key={index} className="[overflow-wrap:anywhere]">{`${file.fileName}: ${file.detail}`}</li>
          ))}
          {files.length > 5 ? <li>{`and ${countOf(files.length - 5, "more file")}`}</li> : null}
        </ul>
        <button type="button" className="link mt-1" onClick={onClose}>
          Close this note
        </button>
      </Note>
    </div>
  );
}

function Empty({ canUpload }: { canUpload: boolean }) {
  return (
    <EmptyState title="No uploads yet">
      {canUpload
        ? "Drop a CSV of readings or of sensors anywhere on this page. It is cleaned as soon as it has arrived."
        : "Your role can read uploads, not send them. An owner or editor of the workspace can change that."}
    </EmptyState>
  );
}

const sweep = z.object({ found: z.number(), takenIn: z.number() });

/** For the page's header: looks at storage now for files that another program put there. */
export function RefreshStorageButton() {
  const [isPending, setIsPending] = useState(false);
  const [words, setWords] = useState<string | null>(null);
  const refresh = async () => {
    setIsPending(true);
    try {
      const { takenIn } = await requestJson({ method: "POST", path: "/api/v1/uploads/refresh", response: sweep });
      setWords(takenIn === 0 ? "nothing new" : `${countOf(takenIn, "file")} taken in`);
    } catch (error) {
      setWords(error instanceof Error ? error.message : String(error));
    }
    setIsPending(false);
  };
  return (
    <span className="flex items-center gap-2">
      <span role="status" className="text-xs text-muted">
        {words}
      </span>
      <Button size="sm" icon={RefreshCw} pending={isPending} onClick={() => void refresh()}>
        Refresh<span className="max-md:sr-only"> storage</span>
      </Button>
    </span>
  );
}

/** For the page's header: the same as the drop zone's Browse. */
export function AddFilesButton() {
  return (
    <Button size="sm" variant="primary" icon={Upload} onClick={requestBrowse}>
      Add files
    </Button>
  );
}
