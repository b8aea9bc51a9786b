"use client";

import { useCallback, useRef, useState } from "react";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import type { CollectedFile } from "#lib/uploads/engine/browser/collect-files";
import type { UploadEngine } from "#lib/uploads/engine/upload-engine";
import { recallMapping } from "./mapping-memory.ts";
import { readLayout, type FileLayout } from "./read-layout.ts";

/** Files with the same columns that wait for one answer. */
export interface LayoutGroup {
  layout: FileLayout;
  files: CollectedFile[];
}

export interface RefusedFile {
  fileName: string;
  detail: string;
}

/** Looks at each file before it is sent: known layouts go at once, unknown ones wait for a mapping. */
export function useIncomingFiles(engine: UploadEngine | null) {
  const [groups, setGroups] = useState<readonly LayoutGroup[]>([]);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [readingCount, setReadingCount] = useState(0);
  const decided = useRef(new Map<string, ColumnMapping>());

  const send = useCallback(
    (files: readonly CollectedFile[], mapping?: ColumnMapping) => {
      engine?.add(
        files.map((file) => ({ ...file, ...(mapping ? { kind: mapping.kind, mapping } : { kind: "auto" }) })),
      );
    },
    [engine],
  );

  const take = useCallback(
    async (file: CollectedFile) => {
      const reading = await readLayout(file.file).catch(() => ({ outcome: "clear" as const }));
      if (reading.outcome === "clear") return send([file]);
      if (reading.outcome === "refused") {
        return setRefused((list) => [...list, { fileName: file.file.name, detail: reading.detail }]);
      }
      const { layout } = reading;
      const known = decided.current.get(layout.signature) ?? (await recallMapping(layout.signature));
      if (known) {
        decided.current.set(layout.signature, known);
        return send([file], known);
      }
      setGroups((list) => joinGroup(list, layout, file));
    },
    [send],
  );

  const receive = useCallback(
    async (files: readonly CollectedFile[]) => {
      setReadingCount((count) => count + files.length);
      // One after the other: the first file of a layout decides for a folder of a thousand.
      for (const file of files) {
        await take(file);
        setReadingCount((count) => count - 1);
      }
    },
    [take],
  );

  const decide = useCallback(
    (group: LayoutGroup, decision: { mapping: ColumnMapping } | "leave_out") => {
      setGroups((list) => list.filter((other) => other.layout.signature !== group.layout.signature));
      if (decision === "leave_out") return;
      decided.current.set(group.layout.signature, decision.mapping);
      send(group.files, decision.mapping);
    },
    [send],
  );

  return { receive, groups, decide, refused, readingCount, dismissRefused: () => setRefused([]) };
}

function joinGroup(list: readonly LayoutGroup[], layout: FileLayout, file: CollectedFile): LayoutGroup[] {
  const known = list.find((group) => group.layout.signature === layout.signature);
  if (!known) return [...list, { layout, files: [file] }];
  return list.map((group) => (group === known ? { ...group, files: [...group.files, file] } : group));
}
