const WINDOW = 32;
/** Beyond this many series the windows are forgotten and start anew (about 60 MB). */
const STREAMS_MAX = 100_000;

/** The recent observations of one series (sensor and property). */
class StreamWindow {
  #maxMs = -Infinity;
  #count = 0;
  readonly #times = new Float64Array(WINDOW);
  readonly #values = new Float64Array(WINDOW);

  /** Returns the value seen at this time within the window, or NaN; then remembers the new one if there was none. */
  findOrAdd(timeMs: number, value: number): number {
    // Rising times cannot repeat, so ordered files never scan.
    if (timeMs <= this.#maxMs) {
      const filled = Math.min(this.#count, WINDOW);
      for (let i = 0; i < filled; i++) if (this.#times[i] === timeMs) return this.#values[i]!;
    } else {
      this.#maxMs = timeMs;
    }
    const slot = this.#count++ % WINDOW;
    this.#times[slot] = timeMs;
    this.#values[slot] = value;
    return NaN;
  }
}

/** What is remembered of one sensor while its rows stream by. */
export class SensorState {
  readonly code: string;
  readonly windows = new Map<string, StreamWindow>();
  lastMs = NaN;
  /** False when the rows run from new to old. */
  isAscending = true;

  constructor(code: string) {
    this.code = code;
  }

  advance(timeMs: number): void {
    if (timeMs !== this.lastMs && this.lastMs === this.lastMs) this.isAscending = timeMs > this.lastMs;
    this.lastMs = timeMs;
  }
}

/**
 * Finds duplicates among the last 32 observations of each series: repeated lines, overlapping downloads. Anything
 * further apart (a file that contains itself twice) is left to the unique key of the database, because finding it here
 * would need memory that grows with the file.
 */
export class SensorStates {
  readonly #sensors = new Map<string, SensorState>();
  #streamCount = 0;
  #last: SensorState | null = null;

  sensor(code: string): SensorState {
    if (this.#last?.code === code) return this.#last;
    let sensor = this.#sensors.get(code);
    if (sensor === undefined) {
      // A fresh copy: a slice would keep the piece of the file it was cut from in memory.
      sensor = new SensorState(Array.from(code).join(""));
      this.#sensors.set(sensor.code, sensor);
    }
    this.#last = sensor;
    return sensor;
  }

  /** The value of the same series at the same time, or NaN when it is new (it is then remembered). */
  findOrAdd(sensor: SensorState, property: string, { timeMs, value }: { timeMs: number; value: number }): number {
    let window = sensor.windows.get(property);
    if (window === undefined) {
      if (++this.#streamCount > STREAMS_MAX) this.#forget(sensor);
      window = new StreamWindow();
      sensor.windows.set(property, window);
    }
    return window.findOrAdd(timeMs, value);
  }

  #forget(current: SensorState): void {
    this.#sensors.clear();
    current.windows.clear();
    this.#sensors.set(current.code, current);
    this.#streamCount = 1;
  }
}
