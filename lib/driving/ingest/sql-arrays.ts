/** A PostgreSQL array of numbers; NaN is null. Faster than what the driver makes of an array. */
export function numberArray(values: readonly number[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    text += `${i === 0 ? "" : ","}${value === value ? value : "NULL"}`;
  }
  return `${text}}`;
}

/** SQL of a wall clock from milliseconds. */
export const wallClock = (column: string) => `(to_timestamp(${column} / 1000.0) at time zone 'UTC')`;

/** SQL of milliseconds from a wall clock or an instant. */
export const wallMs = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`;
