import type { SourceLog } from "../sources/source.ts";

export interface SourceNotes {
  add: SourceLog;
  /** Where notes go from now on; earlier ones follow at once. */
  listen: (log: SourceLog) => void;
}

/** A source is opened before the run that logs what it tells. */
export function createNotes(): SourceNotes {
  const early: Parameters<SourceLog>[] = [];
  let listener: SourceLog | null = null;
  return {
    add: (level, text) => {
      if (listener) listener(level, text);
      else early.push([level, text]);
    },
    listen: (log) => {
      listener = log;
      for (const note of early.splice(0)) log(...note);
    },
  };
}
