"use client";

import { useState } from "react";
import useSWR from "swr";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { entryPreview, type ArchiveEntry, type EntryPreview } from "#lib/datasets/archive/schema";
import { apiFetch } from "#lib/http/client";
import type { MapTiles } from "#lib/maps/spec";
import { entryApi, entryHref, FIXED } from "./archive-files.ts";
import { EntryMap } from "./entry-map.tsx";
import { EntryTable } from "./entry-table.tsx";

interface EntryViewProps {
  artifactId: string;
  entry: ArchiveEntry;
  tiles: MapTiles | null;
}

/** One file of a zip, shown as what it is. */
export function EntryView({ artifactId, entry, tiles }: EntryViewProps) {
  return (
    <figure aria-label={entry.path} className="m-0">
      <figcaption className="mb-2 truncate text-sm font-bold" title={entry.path}>
        {entry.path}
      </figcaption>
      {entry.kind === "image" ? (
        <Picture artifactId={artifactId} path={entry.path} />
      ) : (
        <Preview artifactId={artifactId} entry={entry} tiles={tiles} />
      )}
    </figure>
  );
}

function Picture({ artifactId, path }: { artifactId: string; path: string }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) {
    return (
      <NoPreview artifactId={artifactId} path={path}>
        It is larger than pictures are shown here, damaged, or no PNG or JPEG in spite of its name.
      </NoPreview>
    );
  }
  return (
    // eslint-disable-next-line @next/next/no-img-element -- bytes of a zip, sent by the portal as they are
    <img
      src={entryHref(artifactId, path, { inline: true })}
      alt={`Picture ${path}`}
      onError={() => setBroken(true)}
      className="max-h-[520px] max-w-full rounded-md border border-line bg-white object-contain"
    />
  );
}

function Preview({ artifactId, entry, tiles }: EntryViewProps) {
  const address = entryApi(artifactId, "preview", { path: entry.path });
  const answer = useSWR(address, (at) => apiFetch(at, { response: entryPreview }), {
    ...FIXED,
    shouldRetryOnError: false,
  });
  const error: unknown = answer.error;
  if (error !== undefined) {
    return (
      <NoPreview artifactId={artifactId} path={entry.path}>
        {error instanceof Error ? error.message : "No answer."}
      </NoPreview>
    );
  }
  if (!answer.data) {
    return (
      <SkeletonGroup label={`Reading ${entry.path}`}>
        <Skeleton height="160px" />
      </SkeletonGroup>
    );
  }
  return <Shown artifactId={artifactId} preview={answer.data} path={entry.path} tiles={tiles} />;
}

interface ShownProps {
  artifactId: string;
  preview: EntryPreview;
  path: string;
  tiles: MapTiles | null;
}

function Shown({ artifactId, preview, path, tiles }: ShownProps) {
  switch (preview.kind) {
    case "table":
      return <EntryTable artifactId={artifactId} table={preview} path={path} />;
    case "map":
      return <EntryMap map={preview} path={path} tiles={tiles} />;
    case "text":
      return (
        <>
          <pre
            tabIndex={0}
            aria-label={path}
            className="max-h-[360px] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5"
          >
            {preview.text}
          </pre>
          {preview.isCut ? <p className="mt-1.5 text-xs text-muted">The first 64 kB. The download has all.</p> : null}
        </>
      );
  }
}

function NoPreview({ artifactId, path, children }: { artifactId: string; path: string; children: React.ReactNode }) {
  const download = (
    <Button size="sm" href={entryHref(artifactId, path)} download>
      Download
    </Button>
  );
  return (
    <ErrorState title="This file cannot be shown here" actions={download}>
      {children}
    </ErrorState>
  );
}
