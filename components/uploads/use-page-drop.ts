"use client";

import { useEffect, useRef, useState } from "react";
import { collectChosen, collectDropped, type CollectedFile } from "#lib/uploads/engine/browser/collect-files";

/** Files dropped anywhere on the page or pasted into it. Returns whether files hover over the page now. */
export function usePageDrop(onFiles: (files: CollectedFile[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  }, [onFiles]);
  useEffect(() => {
    // Enter and leave fire for every element on the way; only the balance says whether the page is left.
    let depth = 0;
    const stop = new AbortController();
    const listen = <K extends keyof WindowEventMap>(type: K, handle: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(type, handle, { signal: stop.signal });
    listen("dragenter", (event) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setIsOver(true);
    });
    listen("dragleave", (event) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setIsOver(false);
    });
    listen("dragover", (event) => {
      if (hasFiles(event)) event.preventDefault();
    });
    listen("drop", (event) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      void collectDropped(event.dataTransfer).then((files) => latest.current(files));
    });
    listen("paste", (event) => {
      const files = event.clipboardData?.files;
      if (files && files.length > 0) latest.current(collectChosen(files));
    });
    return () => stop.abort();
  }, []);
  return isOver;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
