import type { CaseCalendar } from "./charging-case.ts";

/** How the days of a profile are told apart: by the calendar of each year, or by the profile's own weeks. */
export const DAY_TYPE_CALENDARS = ["calendar-year", "profile-week"] as const;
export type DayTypeCalendar = (typeof DAY_TYPE_CALENDARS)[number];

const DAYS_PER_WEEK = 7;
const SATURDAY_FROM_MONDAY = 5;

/** 0 (workday) or 1 (weekend) for each day. Profiles repeat weeks that begin on a Monday. */
export function dayTypesOf(calendar: CaseCalendar, kind: DayTypeCalendar, year: number): Uint8Array {
  return Uint8Array.from(calendar.months, (month, day) => {
    const fromMonday =
      kind === "profile-week" ? day % DAYS_PER_WEEK : weekdayFromMonday(year, month, calendar.daysOfMonth[day]!);
    return fromMonday >= SATURDAY_FROM_MONDAY ? 1 : 0;
  });
}

/** Number of days by day type and month: index (day type × 12 + month). */
export function countDays(calendar: CaseCalendar, dayTypes: Uint8Array): Float64Array {
  const counts = new Float64Array(24);
  calendar.months.forEach((month, day) => (counts[dayTypes[day]! * 12 + month]! += 1));
  return counts;
}

function weekdayFromMonday(year: number, month: number, day: number): number {
  return (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % DAYS_PER_WEEK;
}
