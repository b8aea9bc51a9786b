import type { ComparisonRow } from "../schema.ts";
import type { Reading } from "./readings/reading.ts";

/** A reading with its assumptions, whoever named them. */
export type StatedReading = Required<Reading>;

type Compared = Pick<ComparisonRow, "figures" | "series" | "assumptions">;

/** Puts the readings of several scenarios side by side; null stands for a scenario without a result. */
export function compareReadings(readings: readonly (StatedReading | null)[]): Compared {
  return { figures: alignFigures(readings), series: alignSeries(readings), assumptions: differing(readings) };
}

/** Names in the order in which they first appear. */
function namesOf<T>(
  readings: readonly (StatedReading | null)[],
  list: (reading: StatedReading) => readonly T[],
  key: (one: T) => string,
) {
  const known = new Map<string, T>();
  for (const reading of readings) {
    for (const one of reading ? list(reading) : []) if (!known.has(key(one))) known.set(key(one), one);
  }
  return [...known];
}

function alignFigures(readings: readonly (StatedReading | null)[]): Compared["figures"] {
  const key = ({ group, name }: { group: string; name: string }) => `${group}\n${name}`;
  return namesOf(readings, ({ figures }) => figures, key).map(([id, { group, name, unit }]) => ({
    ...{ group, name, unit },
    values: readings.map((reading) => reading?.figures.find((one) => key(one) === id)?.value ?? null),
  }));
}

function alignSeries(readings: readonly (StatedReading | null)[]): Compared["series"] {
  return namesOf(
    readings,
    ({ series }) => series,
    ({ name }) => name,
  ).map(([name, { unit, axis }]) => {
    const rows = readings.map((reading) => reading?.series.find((one) => one.name === name) ?? null);
    const known = rows.filter((row) => row !== null);
    const start = Math.min(...known.map(({ first }) => first));
    const end = Math.max(...known.map(({ first, values }) => first + values.length));
    const at = Array.from({ length: end - start }, (_, i) => start + i);
    const values = rows.map((row) => at.map((one) => (row ? (row.values[one - row.first] ?? null) : null)));
    return { name, unit, axis, at, values };
  });
}

function differing(readings: readonly (StatedReading | null)[]): Compared["assumptions"] {
  return (
    namesOf(
      readings,
      ({ assumptions }) => assumptions,
      ({ name }) => name,
    )
      .map(([name, { unit }]) => ({
        ...{ name, unit },
        values: readings.map((reading) => reading?.assumptions.find((one) => one.name === name)?.value ?? ""),
      }))
      // A scenario that is still computed differs in nothing yet.
      .filter(({ values }) => new Set(values.filter((_, i) => readings[i] !== null)).size > 1)
  );
}
