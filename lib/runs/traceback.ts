const FRAME = /^\s*File "(.+)", line (\d+)(?:, in (.+))?$/;
const HEADER = /^Traceback \(most recent call last\):$/;
/** Where Python and packages lie; what is elsewhere was written by whoever wrote the program. */
const FOREIGN = /^<|\/(site|dist)-packages\/|\/\.packages\/|\/lib\/python\d/;
const APP_FOLDER = /^\/job\/app\//;

export interface TracebackFrame {
  /** Index of the line that names it. */
  index: number;
  /** In the program's folder, where it lies there. */
  path: string;
  line: number;
  function: string | null;
  code: string | null;
  isOwn: boolean;
}

export interface Traceback {
  /** First and last line of it, by index. */
  startIndex: number;
  endIndex: number;
  /** The error as Python words it: `ValueError: …`. */
  error: string;
  /** The last frame of the program's own code, or the last one when none is. */
  frame: TracebackFrame;
  frameCount: number;
}

/** The last traceback that a Python program left in its log; null when there is none. */
export function findTraceback(lines: readonly string[]): Traceback | null {
  const last = lines.findLastIndex((line) => FRAME.test(line));
  if (last < 0) return null;
  const endIndex = lines.findIndex((line, index) => index > last && line.trim() !== "" && !/^\s/.test(line));
  if (endIndex < 0) return null;
  const startIndex = startOf(lines, last);
  const frames: TracebackFrame[] = [];
  for (let index = startIndex; index <= last; index++) {
    const frame = frameAt(lines, index);
    if (frame) frames.push(frame);
  }
  const frame = frames.findLast(({ isOwn }) => isOwn) ?? frames.at(-1);
  return frame ? { startIndex, endIndex, error: lines[endIndex] ?? "", frame, frameCount: frames.length } : null;
}

/** A traceback is indented below its head; a syntax error of the program itself has frames and no head. */
function startOf(lines: readonly string[], last: number): number {
  let at = last;
  while (at > 0 && /^\s/.test(lines[at - 1] ?? "")) at -= 1;
  return at > 0 && HEADER.test(lines[at - 1] ?? "") ? at - 1 : at;
}

function frameAt(lines: readonly string[], index: number): TracebackFrame | null {
  const [, path, line, name] = FRAME.exec(lines[index] ?? "") ?? [];
  if (path === undefined) return null;
  const next = lines[index + 1] ?? "";
  const code = /^\s/.test(next) && !FRAME.test(next) ? next.trim() : null;
  return {
    ...{ index, path: path.replace(APP_FOLDER, ""), line: Number(line), function: name ?? null },
    ...{ code, isOwn: !FOREIGN.test(path) },
  };
}
