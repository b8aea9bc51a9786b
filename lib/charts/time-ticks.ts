import { scaleUtc } from "d3-scale";
import { wallTimeOf, type WallTime } from "#lib/format/dates";
import type { TimeRange } from "./spec.ts";

export interface TimeTick {
  atMs: number;
  label: string;
}

const DAY_MS = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (value: number) => String(value).padStart(2, "0");

/** Wall clock of a zone as if it were UTC, epoch ms. */
function wallMsOf(atMs: number, timeZone: string): number {
  const wall = wallTimeOf(atMs, timeZone);
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
}

/** Instant of a wall clock given as if it were UTC; a time that daylight saving skips moves on by the change. */
function instantOfWall(wallMs: number, timeZone: string): number {
  const guess = wallMs - (wallMsOf(wallMs, timeZone) - wallMs);
  return wallMs - (wallMsOf(guess, timeZone) - guess);
}

function timeText({ hour, minute, second }: WallTime): string {
  return `${two(hour)}:${two(minute)}${second ? `:${two(second)}` : ""}`;
}

/** "2027" for years, "Mar" for months ("2027" in January), "5 Nov" at midnight and for days, else "14:05". */
function tickLabel(atMs: number, timeZone: string, stepMs: number): string {
  const wall = wallTimeOf(atMs, timeZone);
  const month = MONTHS[wall.month - 1] ?? "";
  if (stepMs >= 300 * DAY_MS) return String(wall.year);
  if (stepMs >= 27 * DAY_MS) return wall.month === 1 ? String(wall.year) : month;
  if (stepMs < DAY_MS / 2 + 1 && wall.hour + wall.minute + wall.second > 0) return timeText(wall);
  return `${wall.day} ${month}`;
}

/** "14 Nov 13:15", seconds only when they are not 0. */
export function instantText(atMs: number, timeZone: string): string {
  const wall = wallTimeOf(atMs, timeZone);
  return `${wall.day} ${MONTHS[wall.month - 1] ?? ""} ${timeText(wall)}`;
}

/** d3 may give up to twice as many ticks as asked for; labels then collide. */
function thinned(ticks: number[], count: number): number[] {
  const stride = Math.ceil(ticks.length / (count * 1.4));
  return ticks.filter((_, index) => index % stride === 0);
}

/**
 * About `count` ticks at round local times of an IANA zone. Midnights stay midnights across daylight saving changes.
 * Empty for an empty range.
 */
export function timeTicks(range: TimeRange, timeZone: string, count: number): TimeTick[] {
  if (!(range.toMs > range.fromMs)) return [];
  // d3 knows round times in UTC only: it is shown the wall clock, and each tick is translated back.
  const walls = [wallMsOf(range.fromMs, timeZone), wallMsOf(range.toMs, timeZone)];
  const wanted = Math.max(1, count);
  const rounds = scaleUtc()
    .domain(walls)
    .ticks(wanted)
    .map((wall) => instantOfWall(wall.getTime(), timeZone));
  const ticks = thinned(rounds, wanted);
  const stepMs = ticks.length > 1 ? ((ticks.at(-1) ?? 0) - (ticks[0] ?? 0)) / (ticks.length - 1) : 0;
  return ticks
    .filter((atMs, i) => atMs >= range.fromMs && atMs <= range.toMs && atMs !== ticks[i - 1])
    .map((atMs) => ({ atMs, label: tickLabel(atMs, timeZone, stepMs) }));
}
