/** Runs under a name that begins so go one after the other, without anyone having said how many may be at once. */
export const ONE_AT_A_TIME = "one:";

export interface HeldLimit {
  key: string;
  /** As set for the workspace; null when it is not. */
  runsMax: number | null;
  /** Live runs under it. */
  held: number;
}

/** How many runs may be at once; null = no limit. */
export function runsMaxOf({ key, runsMax }: Pick<HeldLimit, "key" | "runsMax">): number | null {
  return runsMax ?? (key.startsWith(ONE_AT_A_TIME) ? 1 : null);
}

/** What a run waits for, as a sentence. */
export function limitWords(limit: HeldLimit): string {
  const { key, held } = limit;
  if (key.startsWith(ONE_AT_A_TIME)) {
    return `Waits until no other run with the key “${key.slice(ONE_AT_A_TIME.length)}” is in progress`;
  }
  return `Waits for its turn: ${held} of ${runsMaxOf(limit) ?? held} runs of ${key} at once are in progress`;
}
