import { Cron } from "croner";
import { AppError } from "#lib/errors";

/** More often than this a schedule would only overlap itself. */
const MINUTES_MIN = 5;
const LOOKED_AT = 12;

/**
 * The next instant of a five-field cron expression in an IANA zone, after `after`. A time that a change to summer
 * time leaves out comes when the clock has moved on; one that comes twice happens once. Null when it never comes.
 */
export function nextStart(cron: string, timeZone: string, after: Date): Date | null {
  return parse(cron, timeZone).nextRun(after);
}

/** Throws `invalid_input` for an expression that cannot be read, never comes, or comes too often. */
export function checkSchedule(cron: string, timeZone: string, now: Date): void {
  const starts = parse(cron, timeZone).nextRuns(LOOKED_AT, now);
  if (starts.length === 0) throw refuse(`"${cron}" never comes. Check the day of the month and the month.`);
  const tooSoon = starts.some((start, i) => i > 0 && start.getTime() - starts[i - 1]!.getTime() < MINUTES_MIN * 60_000);
  if (tooSoon) throw refuse(`"${cron}" comes more often than every ${MINUTES_MIN} minutes. Choose a longer interval.`);
}

function parse(cron: string, timeZone: string): Cron {
  if (cron.trim().split(/\s+/).length !== 5) {
    throw refuse(
      `"${cron}" has not five fields (minute, hour, day, month, weekday). Every day at 06:10 is "10 6 * * *".`,
    );
  }
  try {
    return new Cron(cron, { timezone: timeZone, mode: "5-part" });
  } catch (error) {
    throw refuse(`"${cron}" cannot be read: ${error instanceof Error ? error.message : "not a cron expression"}`);
  }
}

function refuse(detail: string): AppError {
  return new AppError("invalid_input", detail, { fields: [{ pointer: "/cron", detail }] });
}
