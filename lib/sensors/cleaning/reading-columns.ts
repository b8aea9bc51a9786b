import type { ColumnDeclaration, ColumnValues } from "#lib/tables/column";

/** The cleaned table of sensor readings, one row per observation. */
export const READING_COLUMNS: readonly ColumnDeclaration[] = [
  { name: "sensor_code", type: "text" },
  { name: "observed_property", type: "text" },
  { name: "observed_at", type: "instant" },
  { name: "value", type: "double" },
  { name: "unit", type: "text" },
  { name: "original_value", type: "double" },
  { name: "original_unit", type: "text" },
  { name: "source_file", type: "text" },
  { name: "source_row", type: "int" },
];

export interface Observation {
  sensorCode: string;
  observedProperty: string;
  observedAtMs: number;
  value: number;
  unit: string | null;
  /** NaN unless the unit was converted. */
  originalValue: number;
  originalUnit: string | null;
}

/** Collects the observations of one batch by column. */
export class ReadingBatch {
  rowCount = 0;
  readonly #sensorCodes: (string | null)[] = [];
  readonly #properties: (string | null)[] = [];
  readonly #units: (string | null)[] = [];
  readonly #originalUnits: (string | null)[] = [];
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  readonly #originalValues: Float64Array;
  readonly #rows: Float64Array;

  constructor(capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
    this.#originalValues = new Float64Array(capacity);
    this.#rows = new Float64Array(capacity);
  }

  add(observation: Observation, sourceRow: number): void {
    const at = this.rowCount++;
    this.#sensorCodes.push(observation.sensorCode);
    this.#properties.push(observation.observedProperty);
    this.#units.push(observation.unit);
    this.#originalUnits.push(observation.originalUnit);
    this.#times[at] = observation.observedAtMs;
    this.#values[at] = observation.value;
    this.#originalValues[at] = observation.originalValue;
    this.#rows[at] = sourceRow;
  }

  /** In the order of READING_COLUMNS. */
  toColumns(sourceFile: string): ColumnValues[] {
    const count = this.rowCount;
    return [
      this.#sensorCodes,
      this.#properties,
      this.#times.subarray(0, count),
      this.#values.subarray(0, count),
      this.#units,
      this.#originalValues.subarray(0, count),
      this.#originalUnits,
      Array<string>(count).fill(sourceFile),
      this.#rows.subarray(0, count),
    ];
  }
}
