/** Column types of stored tables. `instant` is epoch ms (UTC). */
export type ColumnType = "text" | "double" | "int" | "instant" | "bool";

export interface ColumnDeclaration {
  name: string;
  type: ColumnType;
  unit?: string;
}

/** Values of one column of a batch: numbers for `double`, `int`, `instant` with NaN for missing; elsewhere null. */
export type ColumnValues = Float64Array | readonly (string | null)[] | readonly (boolean | null)[];

export interface ColumnBatch {
  columns: readonly ColumnDeclaration[];
  rowCount: number;
  /** In the order of `columns`. */
  values: ColumnValues[];
}

export type CellValue = string | number | boolean | null;
