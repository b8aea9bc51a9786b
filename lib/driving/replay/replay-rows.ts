import { setTimeout as delay } from "node:timers/promises";
import { wallText } from "../core/frames.ts";
import { POSTED_RECORDS_MAX } from "../core/posted-rows.ts";
import { timelineOf } from "./core/playback.ts";

const STEP_MS = 250;
const DAY_MS = 86_400_000;
/** A longer silence is not waited for. */
const GAP_MAX_S = 60;

export interface RowPlayer {
  rows: readonly Record<string, string>[];
  speed: number;
  isLooping: boolean;
  /** Whole days by which the times are moved. */
  shiftDays: number;
  post: (rows: Record<string, string>[]) => Promise<void>;
  report: (line: string) => void;
}

const timeOf = (row: Readonly<Record<string, string>>) => Date.parse(`${(row.Time ?? "").replace(" ", "T")}Z`);

/** Posts recorded rows at the pace of their times. Every pass of a loop is dated after the one before. */
export async function replayRows({ rows, speed, isLooping, shiftDays, post, report }: RowPlayer): Promise<void> {
  const timesMs = rows.map(timeOf);
  const timeline = timelineOf(timesMs, GAP_MAX_S);
  const [firstMs, lastMs] = boundsOf(timesMs);
  const spanDays = Math.ceil((lastMs - firstMs) / DAY_MS) + 1;
  for (let pass = 0; pass === 0 || isLooping; pass += 1) {
    const shiftMs = (shiftDays + pass * spanDays) * DAY_MS;
    const startedMs = performance.now();
    let next = 0;
    let reported = startedMs;
    while (next < rows.length) {
      const playedMs = (performance.now() - startedMs) * speed;
      let end = next;
      while (end < rows.length && end - next < POSTED_RECORDS_MAX && (timeline[end] ?? 0) <= playedMs) end += 1;
      if (end > next) await post(rows.slice(next, end).map((row) => moved(row, shiftMs)));
      next = end;
      if (performance.now() - reported > 10_000) {
        reported = performance.now();
        report(`${next} of ${rows.length} records, at ${wallText((timesMs[next - 1] ?? 0) + shiftMs)}`);
      }
      if (next < rows.length && (timeline[next] ?? 0) > playedMs) await delay(STEP_MS);
    }
    report(`Pass ${pass + 1} is over: ${rows.length} records.`);
  }
}

/** Smallest and largest; a spread of 274,034 arguments would not fit on the stack. */
function boundsOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

function moved(row: Record<string, string>, shiftMs: number): Record<string, string> {
  return shiftMs === 0 ? row : { ...row, Time: wallText(timeOf(row) + shiftMs) };
}
