/** Everything in which the two engines differ; the queries themselves are the same text. */
export interface Dialect {
  name: "duckdb" | "spark";
  /** The last value of the window that is not null. */
  lastKnown: (expression: string) => string;
  /** Milliseconds since 1970 of an instant. */
  epochMs: (expression: string) => string;
}

export const DIALECTS: Record<Dialect["name"], Dialect> = {
  duckdb: {
    name: "duckdb",
    lastKnown: (expression) => `last_value(${expression} ignore nulls)`,
    epochMs: (expression) => `epoch_ms(${expression})`,
  },
  spark: {
    name: "spark",
    lastKnown: (expression) => `last_value(${expression}, true)`,
    epochMs: (expression) => `unix_millis(${expression})`,
  },
};
