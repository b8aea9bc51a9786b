"use client";

import { useState } from "react";
import useSWR from "swr";
import { ErrorState } from "#components/ui/error-state";
import { SegmentedControl } from "#components/ui/segmented";
import { Section } from "#components/ui/section";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { archiveListing, type ArchiveEntry } from "#lib/datasets/archive/schema";
import { formatBytes } from "#lib/format/bytes";
import { countOf } from "#lib/format/lists";
import { apiFetch } from "#lib/http/client";
import type { MapTiles } from "#lib/maps/spec";
import { useFeed } from "../run-feed-provider.tsx";
import { archivesOf, firstShown, FIXED, type ArchiveFile } from "./archive-files.ts";
import { EntryList } from "./entry-list.tsx";
import { EntryView } from "./entry-view.tsx";

/** The files inside the zips of a run: chosen in a list, shown beside it. */
export function ArchiveBrowser({ tiles }: { tiles: MapTiles | null }) {
  const { run } = useFeed();
  const archives = archivesOf(run.artifacts);
  const [wanted, setWanted] = useState<string | null>(null);
  const archive = archives.find(({ artifactId }) => artifactId === wanted) ?? archives[0];
  if (!archive) return null;
  const choice =
    archives.length > 1 ? (
      <SegmentedControl
        label="Zip"
        segments={archives.map(({ artifactId, label }) => ({ value: artifactId, label }))}
        value={archive.artifactId}
        onChange={setWanted}
      />
    ) : undefined;
  return (
    <Section title="Files" caption={archive.name} more={choice}>
      <Archive key={archive.artifactId} archive={archive} tiles={tiles} />
    </Section>
  );
}

function Archive({ archive, tiles }: { archive: ArchiveFile; tiles: MapTiles | null }) {
  const { artifactId, name } = archive;
  const [path, setPath] = useState<string | null>(null);
  const listing = `/api/v1/artifacts/${artifactId}/entries`;
  const answer = useSWR(listing, (at) => apiFetch(at, { response: archiveListing }), FIXED);
  const error: unknown = answer.error;
  if (error !== undefined) {
    return (
      <ErrorState title={`The files in ${name} cannot be listed`}>
        {error instanceof Error ? error.message : "No answer."}
      </ErrorState>
    );
  }
  if (!answer.data) return <Loading name={name} />;
  const { entries, isCut } = answer.data;
  if (entries.length === 0) return <p className="text-sm text-muted">There is no file in it.</p>;
  const entry = entries.find((each) => each.path === path) ?? firstShown(entries);
  return (
    <div className="grid grid-cols-1 gap-x-5 gap-y-4 xl:grid-cols-[minmax(210px,270px)_minmax(0,1fr)]">
      <div className="min-w-0">
        <EntryList artifactId={artifactId} entries={entries} current={entry?.path ?? null} onChoose={setPath} />
        <p className="mt-1.5 text-xs text-muted">{totalWords(entries, isCut)}</p>
      </div>
      <div className="min-w-0">
        {entry ? (
          <EntryView key={entry.path} artifactId={artifactId} entry={entry} tiles={tiles} />
        ) : (
          <p className="text-sm text-muted">None of these files can be shown here. Download them one by one.</p>
        )}
      </div>
    </div>
  );
}

function totalWords(entries: readonly ArchiveEntry[], isCut: boolean): string {
  const size = formatBytes(entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  return isCut
    ? `The first ${countOf(entries.length, "file")}, ${size}. The zip has more.`
    : `${countOf(entries.length, "file")}, ${size}`;
}

function Loading({ name }: { name: string }) {
  return (
    <SkeletonGroup label={`Reading the list of files in ${name}`}>
      <Skeleton width="40%" />
      <Skeleton width="55%" />
      <Skeleton width="35%" />
    </SkeletonGroup>
  );
}
