"use client";

import { CloudUpload } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button";
import { Icon } from "#components/ui/icon";
import { collectChosen, pickFiles, type CollectedFile } from "#lib/uploads/engine/browser/collect-files";
import { formatBytes } from "#lib/format/bytes";
import { usePageDrop } from "./use-page-drop.ts";

interface DropZoneProps {
  maxSizeBytes: number;
  onFiles: (files: CollectedFile[]) => void;
}

/** Takes files dropped anywhere on the page, pasted, or chosen (`U`); folders by drop or their own button. */
export function DropZone({ maxSizeBytes, onFiles }: DropZoneProps) {
  const isOver = usePageDrop(onFiles);
  const filesInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const browse = async () => {
    const picked = await pickFiles();
    if (picked) onFiles(picked);
    else filesInput.current?.click();
  };
  useBrowseRequests(() => void browse());
  const asFolderInput = (element: HTMLInputElement | null) => {
    // React does not know the attribute.
    if (element) element.webkitdirectory = true;
    folderInput.current = element;
  };
  const take = (input: HTMLInputElement) => {
    onFiles(collectChosen(input.files ?? []));
    // Choosing the same file again must fire again.
    input.value = "";
  };
  const input = { type: "file", multiple: true, hidden: true } as const;
  return (
    <div
      data-over={isOver || undefined}
      className="flex items-center gap-3.5 rounded-lg border-[1.5px] border-dashed border-line-strong bg-bg px-[18px] py-3.5 text-muted transition-colors duration-(--dur-1) data-over:border-accent data-over:bg-accent-wash max-md:flex-wrap max-md:p-3"
    >
      <Icon icon={CloudUpload} className="max-md:self-start" />
      <p className="min-w-0 flex-1 text-sm">
        <b className="text-ink">
          {isOver ? "Let go to add the files." : "Drop files or folders anywhere on this page."}
        </b>{" "}
        CSV or TSV, plain, gzip or zip, up to {formatBytes(maxSizeBytes).replace(/\.0+ /, " ")} each. They go straight
        to storage and resume after sleep or a lost network.
      </p>
      <span className="flex gap-2 max-md:w-full">
        <Button onClick={() => folderInput.current?.click()} className="max-md:grow">
          Folder
        </Button>
        <Button
          shortcut="U"
          aria-keyshortcuts="U"
          onClick={() => void browse()}
          className="max-md:grow max-md:[&_kbd]:hidden"
        >
          Browse
        </Button>
      </span>
      <input {...input} ref={filesInput} aria-label="Files" onChange={(event) => take(event.currentTarget)} />
      <input {...input} ref={asFolderInput} aria-label="Folder" onChange={(event) => take(event.currentTarget)} />
      {isOver ? (
        <div
          aria-hidden
          className="pointer-events-none fixed inset-1.5 z-(--z-dialog) rounded-lg border-2 border-dashed border-accent"
        />
      ) : null}
    </div>
  );
}

const BROWSE_EVENT = "fieldport:browse-files";

/** Opens the file picker of the drop zone on this page, from a click or key press elsewhere on it. */
export function requestBrowse(): void {
  window.dispatchEvent(new Event(BROWSE_EVENT));
}

/** `U`, unless someone is typing or a dialog is open, or a button elsewhere on the page. */
function useBrowseRequests(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener(BROWSE_EVENT, () => latest.current(), { signal });
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.key.toLowerCase() !== "u" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
        if (event.target instanceof Element && event.target.closest(BUSY_TARGETS)) return;
        event.preventDefault();
        latest.current();
      },
      { signal },
    );
    return () => stop.abort();
  }, []);
}

const BUSY_TARGETS = "input,textarea,select,[contenteditable=true],[role=dialog]";
