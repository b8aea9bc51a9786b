/** One measured value of a sensor at an instant (UTC milliseconds). A missing value is `NaN`, never 0. */
export interface Observation {
  sensorCode: string;
  observedProperty: string;
  observedAtMs: number;
  value: number;
  unit: string;
}

/** All values of one datastream, ascending in time; `times` are UTC milliseconds, missing values are `NaN`. */
export interface DatastreamSeries {
  datastreamId: string;
  /** Whose it is, for people; absent where series come from elsewhere than a workspace. */
  sensorCode?: string;
  observedProperty: string;
  unit: string;
  times: Float64Array;
  values: Float64Array;
}
