"use client";

import { useCallback, useRef, useState } from "react";
import type { ColumnMapping, MappingProposal } from "#lib/datasets/core/mapping";
import type { CollectedFile } from "#lib/uploads/engine/browser/collect-files";
import type { UploadEngine } from "#lib/uploads/engine/upload-engine";
import { adaptMapping } from "./mapping-edits.ts";
import { recallMapping } from "./mapping-memory.ts";
import { readLayout, type FileLayout, type LayoutReading } from "./read-layout.ts";

interface Member {
  file: CollectedFile;
  proposal: MappingProposal;
}

/** Files with the same columns that wait for one answer. */
export interface LayoutGroup {
  layout: FileLayout;
  members: Member[];
}

export interface RefusedFile {
  fileName: string;
  detail: string;
}

interface Decision {
  mapping: ColumnMapping;
  proposal: MappingProposal;
}

/** Looks at each file before it is sent: known layouts go at once, unknown ones wait for a mapping. */
export function useIncomingFiles(engine: UploadEngine | null) {
  const [groups, setGroups] = useState<readonly LayoutGroup[]>([]);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [readingCount, setReadingCount] = useState(0);
  /** By layout; null where nobody saved a mapping, so that a folder asks the server once. */
  const decisions = useRef(new Map<string, Decision | null>());

  const sendMapped = useCallback(
    ({ file, proposal }: Member, decision: Decision) => {
      const mapping = adaptMapping(decision.mapping, { decided: decision.proposal, own: proposal });
      engine?.add([{ ...file, kind: mapping.kind, mapping }]);
    },
    [engine],
  );

  const take = useCallback(
    async (file: CollectedFile) => {
      const reading: LayoutReading = await readLayout(file.file).catch(() => ({ outcome: "clear" }));
      if (reading.outcome === "clear") engine?.add([{ ...file, kind: "auto" }]);
      if (reading.outcome === "refused") {
        setRefused((list) => [...list, { fileName: file.file.name, detail: reading.detail }]);
      }
      if (reading.outcome !== "ask") return;
      const { layout } = reading;
      const { proposal } = layout;
      const known = decisions.current.get(layout.signature);
      const recalled = known === undefined ? await recallDecision(layout) : known;
      decisions.current.set(layout.signature, recalled);
      if (!recalled) {
        setGroups((list) => joinGroup(list, layout, { file, proposal }));
        return;
      }
      sendMapped({ file, proposal }, recalled);
    },
    [engine, sendMapped],
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
    (group: LayoutGroup, mapping: ColumnMapping | "leave_out") => {
      setGroups((list) => list.filter((other) => other.layout.signature !== group.layout.signature));
      if (mapping === "leave_out") return;
      const decision = { mapping, proposal: group.layout.proposal };
      decisions.current.set(group.layout.signature, decision);
      for (const member of group.members) sendMapped(member, decision);
    },
    [sendMapped],
  );

  return { receive, groups, decide, refused, readingCount, dismissRefused: () => setRefused([]) };
}

async function recallDecision({ signature, proposal }: FileLayout): Promise<Decision | null> {
  const mapping = await recallMapping(signature);
  return mapping && { mapping, proposal };
}

function joinGroup(list: readonly LayoutGroup[], layout: FileLayout, member: Member): LayoutGroup[] {
  const known = list.find((group) => group.layout.signature === layout.signature);
  if (!known) return [...list, { layout, members: [member] }];
  return list.map((group) => (group === known ? { ...group, members: [...group.members, member] } : group));
}
