/** A span of the day by the vehicle's clock, minutes since midnight. `toMin` before `fromMin` crosses midnight. */
export interface QuietHours {
  fromMin: number;
  toMin: number;
}

/** "22:30" as minutes since midnight. */
export function minutesOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Whether a wall clock, in milliseconds as if it were UTC, falls into the span; its end is outside. */
export function isQuietAt({ fromMin, toMin }: QuietHours, wallMs: number): boolean {
  const minute = (wallMs / 60_000) % 1440;
  return fromMin <= toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin;
}
