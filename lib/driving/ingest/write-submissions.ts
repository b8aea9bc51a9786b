import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { advanceClock, fleetTimeMs } from "../core/fleet-clock.ts";
import type { DrivingRecord } from "../core/record.ts";
import { NEW_DRIVER, trackEpisodes, type TrackerOptions } from "../core/track-episodes.ts";
import { NO_STRETCH, trackRules } from "../rules/core/track-rules.ts";
import { findEarlierCalls, nameOf, saveCalls, type EarlierCall } from "./call-keys-store.ts";
import { insertDrivers, loadDrivers, saveDrivers, type WrittenDriver } from "./drivers-store.ts";
import { FeedChanges } from "./feed-changes.ts";
import { inFeed, type LedgerEntry, type OpenFeed } from "./feed-store.ts";
import { recomputeEpisodes, type Span } from "./recompute.ts";
import { ensureMonths, insertRecords, takeProducerKeys, type WrittenRecord } from "./records-store.ts";
import type { Outcome, Submission } from "./submission.ts";

/**
 * Stores the records of several calls in one transaction, in their order, with everything that follows from them:
 * drivers, episodes, alerts, events, ledger, and the answers kept for repeated calls. Returns when it is durable.
 */
export async function writeSubmissions(
  scope: { workspaceId: string },
  submissions: readonly Submission[],
): Promise<(Outcome | AppError)[]> {
  await ensureMonths(
    scope,
    submissions.flatMap(({ records }) => records.map(({ recordedAtMs }) => recordedAtMs)),
  );
  return inFeed(scope, (open) => writeAll(open, submissions));
}

/** A record on its way, with the call it came in and its place there. */
interface Candidate {
  record: DrivingRecord;
  outcome: Outcome;
  place: number;
}

async function writeAll(open: OpenFeed, submissions: readonly Submission[]): Promise<(Outcome | AppError)[]> {
  const { client, feed, nowMs } = open;
  const { workspaceId } = feed;
  const keys = submissions.flatMap(({ callKey }) => callKey ?? []);
  const earlier = await findEarlierCalls(client, workspaceId, keys);
  const ledger: LedgerEntry = { received: 0, stored: 0, duplicate: 0, rejected: 0, late: 0, calls: 0 };
  const candidates: Candidate[] = [];
  const newCalls: { callKey: NonNullable<Submission["callKey"]>; outcome: Outcome }[] = [];
  const answers = submissions.map((submission) => {
    const before = findEarlier(submission, earlier);
    if (before instanceof AppError) return before;
    const { records, rejected, callKey } = submission;
    ledger.calls += 1;
    ledger.received += records.length + rejected.length;
    ledger.rejected += rejected.length;
    if (before) {
      ledger.duplicate += records.length;
      return { outcome: before, isReplay: true };
    }
    const outcome: Outcome = { isReplay: false, accepted: 0, late: 0, duplicates: [] };
    for (const [place, record] of records.entries()) candidates.push({ record, outcome, place });
    if (callKey) {
      newCalls.push({ callKey, outcome });
      earlier.set(nameOf(callKey), { requestHash: callKey.requestHash, outcome });
    }
    return { outcome, isReplay: false };
  });

  const changes = new FeedChanges(open);
  const drivers = await findDrivers(open, candidates);
  const admitted = await withoutDuplicates(open, { candidates, drivers });
  const records = arrive(open, { admitted, drivers });
  if (records.length > 0) await insertRecords(client, { workspaceId, receivedAtMs: nowMs, records });
  await follow(open, { records, drivers, changes });
  await saveDrivers(
    client,
    [...drivers.values()].filter(({ added }) => added > 0),
    nowMs,
  );
  await saveCalls(client, workspaceId, newCalls);
  ledger.stored = records.length;
  ledger.late = records.filter(({ isLate }) => isLate).length;
  ledger.duplicate += candidates.length - records.length;
  await changes.save(ledger);
  // Only now is an outcome complete that a repeat in the same transaction shares.
  return answers.map((answer) =>
    answer instanceof AppError ? answer : { ...answer.outcome, isReplay: answer.isReplay },
  );
}

function findEarlier({ callKey }: Submission, earlier: ReadonlyMap<string, EarlierCall>): Outcome | AppError | null {
  const before = callKey && earlier.get(nameOf(callKey));
  if (!before) return null;
  if (before.requestHash === callKey.requestHash) return before.outcome;
  return new AppError("unprocessable", "This Idempotency-Key was used for a different request. Use a new key.");
}

async function findDrivers(open: OpenFeed, candidates: readonly Candidate[]): Promise<Map<string, WrittenDriver>> {
  const { client, feed } = open;
  const codes = [...new Set(candidates.map(({ record }) => record.driverCode))];
  if (codes.length === 0) return new Map();
  const drivers = new Map((await loadDrivers(client, feed.workspaceId, codes)).map((driver) => [driver.code, driver]));
  const unknown = codes.filter((code) => !drivers.has(code));
  if (unknown.length === 0) return drivers;
  const numbers = await insertDrivers(client, feed.workspaceId, unknown);
  feed.driverCount += unknown.length;
  for (const code of unknown) drivers.set(code, newDriver(code, numbers.get(code) ?? 0));
  return drivers;
}

function newDriver(code: string, driverNo: number): WrittenDriver {
  const nowhere = { plate: "", latitude: 0, longitude: 0, speedKmh: 0, directionDeg: NaN, siteName: null };
  return { driverNo, code, ...nowhere, state: NEW_DRIVER, rules: NO_STRETCH, newestSeq: 0, added: 0, addedLate: 0 };
}

interface Work {
  candidates: readonly Candidate[];
  drivers: ReadonlyMap<string, WrittenDriver>;
}

const driverOf = (drivers: ReadonlyMap<string, WrittenDriver>, code: string): WrittenDriver => {
  const driver = drivers.get(code);
  if (!driver) throw new Error("a record's driver was not loaded");
  return driver;
};

/** Only the producer's own number makes a duplicate; equal content never does, as it happens in earnest. */
async function withoutDuplicates(open: OpenFeed, { candidates, drivers }: Work): Promise<readonly Candidate[]> {
  const keyOf = ({ record }: Candidate) => {
    const { driverNo } = driverOf(drivers, record.driverCode);
    return record.producerSeq === null ? null : { driverNo, producerSeq: record.producerSeq };
  };
  const keys = candidates.flatMap((candidate) => keyOf(candidate) ?? []);
  if (keys.length === 0) return candidates;
  const fresh = await takeProducerKeys(open.client, open.feed.workspaceId, keys);
  const free = new Set(fresh.map(({ driverNo, producerSeq }) => `${driverNo} ${producerSeq}`));
  return candidates.filter((candidate) => {
    const key = keyOf(candidate);
    // The first of two equal numbers in one transaction takes it away.
    if (key === null || free.delete(`${key.driverNo} ${key.producerSeq}`)) return true;
    candidate.outcome.duplicates.push(candidate.place);
    return false;
  });
}

/** Gives arrival numbers and decides what is late: older than its driver's newest, or far behind the fleet. */
function arrive(
  { feed }: OpenFeed,
  { admitted, drivers }: { admitted: readonly Candidate[]; drivers: ReadonlyMap<string, WrittenDriver> },
): WrittenRecord[] {
  const newestMs = new Map<WrittenDriver, number>();
  return admitted.map(({ record, outcome }) => {
    const driver = driverOf(drivers, record.driverCode);
    const ownMs = newestMs.get(driver) ?? driver.state.newestAtMs;
    const isBehind = record.recordedAtMs < ownMs;
    if (!isBehind) newestMs.set(driver, record.recordedAtMs);
    const isLate = isBehind || fleetTimeMs(feed) - record.recordedAtMs > feed.lateAfterS * 1000;
    advanceClock(feed, driver.driverNo, record.recordedAtMs);
    feed.lastSeq += 1;
    outcome.accepted += 1;
    driver.added += 1;
    if (isLate) {
      outcome.late += 1;
      driver.addedLate += 1;
    }
    return { ...record, seq: feed.lastSeq, driverNo: driver.driverNo, isLate };
  });
}

interface Follow {
  records: readonly WrittenRecord[];
  drivers: ReadonlyMap<string, WrittenDriver>;
  changes: FeedChanges;
}

/** Carries every driver's episodes on; those with a record out of order are followed again from the stored records. */
async function follow(open: OpenFeed, { records, drivers, changes }: Follow): Promise<void> {
  const spans = findDisorder(records, drivers);
  const options = { gapS: open.feed.gapS, idOf: () => newId() };
  for (const record of records) {
    const driver = driverOf(drivers, record.driverCode);
    if (!spans.has(driver)) {
      advance(open, { driver, record, changes, options });
    } else if (!(record.recordedAtMs < driver.state.newestAtMs)) {
      driver.state = { ...driver.state, newestAtMs: record.recordedAtMs };
      move(driver, record);
    }
  }
  await recomputeEpisodes(open, { spans, changes });
}

interface Advance {
  driver: WrittenDriver;
  record: WrittenRecord;
  changes: FeedChanges;
  options: TrackerOptions;
}

function advance({ rules }: OpenFeed, { driver, record, changes, options }: Advance): void {
  const beforeMs = driver.state.newestAtMs;
  const device = trackEpisodes(driver.state, record, options);
  driver.state = device.state;
  for (const transition of device.transitions) changes.note(driver, transition);
  if (rules.inForce.length > 0 || Object.keys(driver.rules).length > 0) {
    const step = { beforeMs, device, rules, judging: rules.inForce, gapS: options.gapS, idOf: newId };
    const { states, transitions } = trackRules(driver.rules, record, step);
    driver.rules = states;
    for (const transition of transitions) changes.noteRule(driver, transition);
  }
  move(driver, record);
}

function move(driver: WrittenDriver, record: WrittenRecord): void {
  const { plate, latitude, longitude, speedKmh, directionDeg, siteName, seq } = record;
  Object.assign(driver, { plate, latitude, longitude, speedKmh, directionDeg, siteName, newestSeq: seq });
}

/** Drivers with a record older than one before it, and the time their new records span. */
function findDisorder(records: Follow["records"], drivers: Follow["drivers"]): Map<WrittenDriver, Span> {
  const seen = new Map<WrittenDriver, Span & { newestMs: number; isDisordered: boolean }>();
  for (const { driverCode, recordedAtMs } of records) {
    const driver = driverOf(drivers, driverCode);
    const newestMs = driver.state.newestAtMs;
    const span = seen.get(driver) ?? { fromMs: recordedAtMs, toMs: recordedAtMs, newestMs, isDisordered: false };
    if (recordedAtMs < span.newestMs) span.isDisordered = true;
    else span.newestMs = recordedAtMs;
    span.fromMs = Math.min(span.fromMs, recordedAtMs);
    span.toMs = Math.max(span.toMs, recordedAtMs);
    seen.set(driver, span);
  }
  return new Map([...seen].filter(([, span]) => span.isDisordered));
}
