import type { SensorSpan, SourceSensor } from "../../sources/source.ts";

interface Asked {
  sensor: Pick<SourceSensor, "code" | "startAt" | "endAt">;
  /** How far it was read before, by this backfill or by what came before it; null = never. */
  cursorMs: number | null;
  /** A backfill reads from here. */
  fromMs: number | null;
  untilMs: number;
  historyMs: number;
}

/** The time of a sensor that is still to be read; null when the source says that there is nothing new. */
export function spanToRead({ sensor, cursorMs, fromMs, untilMs, historyMs }: Asked): SensorSpan | null {
  const firstMs = sensor.startAt === null ? -Infinity : sensor.startAt.getTime() - 1;
  const wantedMs = cursorMs ?? (fromMs === null ? untilMs - historyMs : fromMs - 1);
  const afterMs = Math.max(firstMs, wantedMs);
  const endMs = Math.min(untilMs, sensor.endAt?.getTime() ?? Infinity);
  return afterMs >= endMs ? null : { code: sensor.code, afterMs, untilMs: endMs };
}
