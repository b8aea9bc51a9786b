/** A wall clock without a zone, in ms as if it were UTC. */
export function wallMsOf(at: string): number {
  return Date.parse(`${at.replace(" ", "T")}Z`);
}

/** `08:00:05`, without fractions. */
export function wallTimeText(at: string): string {
  return at.slice(11, 19);
}
