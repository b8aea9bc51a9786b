/** `2017-01-31 08:00:05` of seconds on the written clock. */
export function clockText(clockS: number): string {
  return new Date(clockS * 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** `2017-01-31` of a number of days on the written clock. */
export function dayText(dayNo: number): string {
  return new Date(dayNo * 86_400_000).toISOString().slice(0, 10);
}

/** Seconds on the written clock at which a day begins. */
export function clockOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
