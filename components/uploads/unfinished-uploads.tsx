"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { StateShape } from "#components/ui/state-shape";
import { formatAge } from "#lib/format/ages";
import { formatBytes } from "#lib/format/bytes";
import { countOf } from "#lib/format/lists";
import { formatPercent } from "#lib/format/numbers";
import { reopenFile } from "#lib/uploads/engine/browser/collect-files";
import type { UnfinishedUpload } from "#lib/uploads/engine/types";
import { useUploadEngine, useUploads } from "./upload-provider.tsx";

/** What an earlier page life left half sent, with one way each to go on. */
export function UnfinishedUploads({ now }: { now: number }) {
  const { unfinished } = useUploads();
  if (unfinished.length === 0) return null;
  return (
    <section aria-labelledby="unfinished" className="border-b border-line px-(--gutter) py-4">
      <h2 id="unfinished" className="text-base">
        {countOf(unfinished.length, "unfinished upload")}
      </h2>
      <p className="mt-0.5 text-sm text-muted">
        The page was closed while they were on their way. Choose the same file again and only the rest is sent.
      </p>
      <ul className="mt-2">
        {unfinished.map((upload) => (
          <Line key={upload.uploadId} upload={upload} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Line({ upload, now }: { upload: UnfinishedUpload; now: number }) {
  const engine = useUploadEngine();
  const [isRefused, setIsRefused] = useState(false);
  const { uploadId, fileName, sizeBytes, sentBytes } = upload;
  const reopen = async () => {
    const handle = engine?.handleOf(uploadId);
    const file = handle ? await reopenFile(handle) : null;
    setIsRefused(file === null);
    if (file) engine?.resumeUnfinished(uploadId, file);
  };
  const share = sizeBytes === 0 ? 0 : sentBytes / sizeBytes;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line py-2 first:border-t-0">
      <StateShape shape="paused" />
      <span className="min-w-0 flex-1 basis-40">
        <span className="block truncate text-sm font-medium" title={fileName}>
          {fileName}
        </span>
        <span className="block text-xs text-muted">
          {`${formatPercent(share)} of ${formatBytes(sizeBytes)} sent, begun ${formatAge(upload.startedAtMs, now)} ago`}
        </span>
        {isRefused ? (
          <span role="status" className="block text-xs text-fault">
            The browser could not open the file. Choose it with Browse.
          </span>
        ) : null}
      </span>
      <span className="flex items-center gap-2 max-md:basis-full max-md:pl-6">
        {upload.canReopen ? (
          <Button size="sm" onClick={() => void reopen()}>
            Resume
          </Button>
        ) : (
          <span className="text-xs text-muted">choose the same file again to go on</span>
        )}
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Give up ${fileName}`}
          onClick={() => void engine?.forgetUnfinished(uploadId)}
        >
          Give up
        </Button>
      </span>
    </li>
  );
}
