export interface Figure {
  group: string;
  name: string;
  unit: string;
  value: number;
}

/** What the values of a curve stand at: calendar years, or quarter hours of a day. */
export type CurveAxis = "year" | "quarter-hour";

export interface Curve {
  name: string;
  unit: string;
  axis: CurveAxis;
  /** The year, or the quarter hour since midnight, of the first value. */
  first: number;
  values: readonly number[];
}

export interface Stated {
  name: string;
  unit: string;
  value: string;
}

/** What a result says in figures and curves that can stand beside those of another. */
export interface Reading {
  figures: Figure[];
  series: Curve[];
  /** Assumptions that the result names itself; absent: the parameters of its run are the assumptions. */
  assumptions?: Stated[];
}
