const UNITS_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of "60s", "15m" or "8h"; null for anything else. */
export function parseDurationS(text: string): number | null {
  const [, amount, unit = ""] = /^(\d{1,6})([smh])$/.exec(text.trim()) ?? [];
  const unitS = UNITS_S[unit];
  return amount === undefined || unitS === undefined ? null : Number(amount) * unitS;
}

/** The shortest such text: 900 is "15m". */
export function formatDurationS(durationS: number): string {
  if (durationS % 3600 === 0) return `${durationS / 3600}h`;
  return durationS % 60 === 0 ? `${durationS / 60}m` : `${durationS}s`;
}
