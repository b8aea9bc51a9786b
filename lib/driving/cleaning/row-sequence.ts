import type { FaultLog } from "#lib/datasets/core/cleaner-rows";
import type { DrivingRecord } from "./record-columns.ts";

interface LastRow {
  clockS: number;
  plateNumber: string;
  digest: number;
}

/** Notes what is unusual about a row beside the same driver's row before; it never leaves one out. */
export class RowSequence {
  readonly #faults: FaultLog;
  readonly #last = new Map<string, LastRow>();

  constructor(faults: FaultLog) {
    this.#faults = faults;
  }

  follow(record: DrivingRecord, fields: readonly string[]): void {
    const { driverId, clockS, plateNumber } = record;
    const digest = digestOf(fields);
    const last = this.#last.get(driverId);
    if (last === undefined) {
      this.#last.set(driverId, { clockS, plateNumber, digest });
      return;
    }
    const value = `${driverId}, ${plateNumber}`;
    const note = (rule: string, detail: string) => this.#faults.note({ rule, column: null, value, detail });
    if (plateNumber !== last.plateNumber) note("plate_changed", `Before: ${last.plateNumber}`);
    if (clockS < last.clockS) note("out_of_order", `${last.clockS - clockS} s earlier`);
    if (clockS === last.clockS && digest === last.digest) note("repeated_row", "Every field is the same");
    last.clockS = clockS;
    last.plateNumber = plateNumber;
    last.digest = digest;
  }
}

/** FNV-1a over all fields: a number per driver instead of a line. A wrong match costs one note, never a row. */
function digestOf(fields: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const field of fields) {
    for (let i = 0; i < field.length; i++) hash = Math.imul(hash ^ field.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash;
}
