/** Something a person may have to act on, as one line of the overview. */
export interface Decision {
  key: string;
  state: "fault" | "suspect" | "silent" | "info";
  /** The thing itself, written bold. */
  subject: string;
  /** What is with it: "has a fault". */
  words: string;
  detail: string;
  /** Since when, ISO; null when unknown. */
  at: string | null;
  href: string;
  action: string;
}

const ORDER: Readonly<Record<Decision["state"], number>> = { fault: 0, suspect: 1, silent: 2, info: 3 };

/** Worst first, newest first among equals. */
export function sortDecisions(decisions: readonly Decision[]): Decision[] {
  const time = ({ at }: Decision) => (at === null ? 0 : Date.parse(at));
  return [...decisions].sort((a, b) => ORDER[a.state] - ORDER[b.state] || time(b) - time(a));
}

const NUMBERS = [
  "Nothing",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
];

/** The answer the overview opens with. What is only worth knowing (finished results) needs nobody. */
export function decisionSentence(decisions: readonly Decision[]): string {
  const count = decisions.filter(({ state }) => state !== "info").length;
  if (count === 0) return "Nothing needs you";
  return count === 1 ? "One thing needs you" : `${NUMBERS[count] ?? String(count)} things need you`;
}
