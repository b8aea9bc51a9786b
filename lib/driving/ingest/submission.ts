import type { DrivingRecord } from "../core/record.ts";

/** A call's Idempotency-Key; the same key of the same caller is the same call. */
export interface CallKey {
  actorId: string;
  key: string;
  requestHash: string;
}

/** The readable records of one call, with what the ledger must know of the rest. */
export interface Submission {
  records: DrivingRecord[];
  /** Rows refused before they got here, and what the answer says of them. */
  rejected: RejectedRow[];
  callKey: CallKey | null;
}

export interface RejectedRow {
  index: number;
  reason: string;
}

/** What became of a call: the places (among its readable records) of duplicates and late ones; the rest is stored. */
export interface Outcome {
  /** True: this call was carried out before, and this is the first answer. */
  isReplay: boolean;
  accepted: number;
  late: number;
  duplicates: number[];
}
