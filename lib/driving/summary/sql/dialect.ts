/** Everything in which the two engines differ; the queries themselves are the same text. */
export interface Dialect {
  name: "duckdb" | "spark";
  /** Computes a query once and keeps its rows under a name for the queries after it. */
  keep: (name: string, query: string) => string;
  /** The last value of the window that is not null. */
  lastKnown: (expression: string) => string;
}

export const DIALECTS: Record<Dialect["name"], Dialect> = {
  duckdb: {
    name: "duckdb",
    keep: (name, query) => `create or replace temp table ${name} as ${query}`,
    lastKnown: (expression) => `last_value(${expression} ignore nulls)`,
  },
  spark: {
    name: "spark",
    keep: (name, query) => `cache table ${name} as ${query}`,
    lastKnown: (expression) => `last_value(${expression}, true)`,
  },
};
