import type { Traceback } from "#lib/runs/traceback";
import type { LogMarks } from "./log-view.tsx";

/** A traceback stands out in the log, the frame that matters most among it. */
export function marksOf(traceback: Traceback | null): LogMarks | null {
  return traceback && { from: traceback.startIndex, to: traceback.endIndex, line: traceback.frame.index };
}
