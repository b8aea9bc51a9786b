"use client";

import { Download, File, FileText, Image, Map, Table2, type LucideIcon } from "lucide-react";
import { Icon } from "#components/ui/icon";
import type { ArchiveEntry, EntryKind } from "#lib/datasets/archive/schema";
import { classNames } from "#lib/format/class-names";
import { formatBytes } from "#lib/format/bytes";
import { entryHref } from "./archive-files.ts";

const ICONS: Record<EntryKind, LucideIcon> = { table: Table2, map: Map, image: Image, text: FileText, none: File };

interface EntryListProps {
  artifactId: string;
  entries: readonly ArchiveEntry[];
  current: string | null;
  onChoose: (path: string) => void;
}

/** Files of a zip with name and size; each can be saved, those that can be shown are buttons. */
export function EntryList({ artifactId, entries, current, onChoose }: EntryListProps) {
  return (
    <ul aria-label="Files in the zip" className="max-h-[360px] overflow-y-auto border-y border-line" tabIndex={0}>
      {entries.map((entry) => (
        <li
          key={entry.path}
          className={classNames(
            "flex min-h-(--row-dense) items-center gap-2 border-b border-line px-1.5 text-sm last:border-b-0 max-sm:min-h-11",
            entry.path === current && "bg-accent-wash",
          )}
        >
          <Icon icon={ICONS[entry.kind]} size="sm" className="text-muted" />
          <Name entry={entry} isCurrent={entry.path === current} onChoose={onChoose} />
          <span className="ml-auto flex-none text-xs whitespace-nowrap text-muted">{formatBytes(entry.sizeBytes)}</span>
          <a
            href={entryHref(artifactId, entry.path)}
            download
            aria-label={`Download ${entry.path}`}
            title={`Download ${entry.path}`}
            className="flex size-7 flex-none items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink max-sm:size-11"
          >
            <Icon icon={Download} size="sm" />
          </a>
        </li>
      ))}
    </ul>
  );
}

interface NameProps {
  entry: ArchiveEntry;
  isCurrent: boolean;
  onChoose: (path: string) => void;
}

function Name({ entry: { path, kind }, isCurrent, onChoose }: NameProps) {
  if (kind === "none") {
    return (
      <span className="min-w-0 truncate text-ink-2" title={path}>
        {path}
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-pressed={isCurrent}
      title={path}
      onClick={() => onChoose(path)}
      className="min-w-0 flex-1 truncate self-stretch text-left text-accent hover:underline"
    >
      {path}
    </button>
  );
}
