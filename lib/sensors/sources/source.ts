/** A sensor as its source lists it; null = the source does not say. */
export interface SourceSensor {
  code: string;
  name: string | null;
  latitude: number | null;
  longitude: number | null;
  elevationM: number | null;
  ownerName: string | null;
  isReference: boolean | null;
  /** Where readings begin and end as far as the source knows. */
  startAt: Date | null;
  endAt: Date | null;
}

/** One value as the source gave it; NaN and missing values are left out. */
export interface SourceReading {
  sensorCode: string;
  /** Catalogue id, or the source's own name. */
  observedProperty: string;
  /** As written by the source; converted when the file is cleaned. */
  unit: string;
  atMs: number;
  value: number;
}

/** What one request brought, and how far it takes each of its sensors. */
export interface ReadingBatch {
  readings: SourceReading[];
  /** Everything up to here was asked for, whether there was something or not. */
  reached: { sensorCode: string; atMs: number }[];
}

/** One sensor's part of a request: readings after `afterMs`, up to and with `untilMs`. */
export interface SensorSpan {
  code: string;
  afterMs: number;
  untilMs: number;
}

/** What an adapter tells while it works: pauses, oddities of the source, dropped values. */
export type SourceLog = (level: "info" | "warn", text: string) => void;

/** A service that has sensors and readings, whatever its protocol. One object serves one run. */
export interface SensorSource {
  listSensors: () => AsyncIterable<SourceSensor[]>;
  readObservations: (spans: readonly SensorSpan[]) => AsyncIterable<ReadingBatch>;
}
