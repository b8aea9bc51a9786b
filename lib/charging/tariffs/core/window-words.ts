import type { TariffWindow } from "./windows.ts";

export const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const DAY_WORDS = { all: "all days", weekday: "weekdays", weekend: "weekends" } as const;

/** "May to October, weekdays, 12:00 to 18:00". */
export function windowWords({ months, days, from, to }: TariffWindow): string {
  const hours = from === to || (from === "00:00" && to === "24:00") ? "all day" : `${from} to ${to}`;
  return `${monthWords(months)}, ${DAY_WORDS[days]}, ${hours}`;
}

/** "all year", "May to October", "October to April", "March and July". */
export function monthWords(months: readonly number[]): string {
  const isIn = new Set(months);
  if (isIn.size === 12) return "all year";
  const parts = [...isIn]
    .sort((a, b) => a - b)
    .filter((month) => !isIn.has(month === 1 ? 12 : month - 1))
    .map((first) => {
      let last = first;
      while (isIn.has((last % 12) + 1)) last = (last % 12) + 1;
      const [from, to] = [MONTH_NAMES[first - 1]!, MONTH_NAMES[last - 1]!];
      return first === last ? from : `${from} to ${to}`;
    });
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
