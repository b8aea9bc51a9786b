import type { Ctx } from "#lib/auth/context";
import type { Bbox } from "#lib/geo/bbox";
import { log } from "#lib/log";
import type { ClusterSource } from "#lib/maps/cluster";
import { buildPointIndex, type PointIndex } from "#lib/maps/point-index";
import { MAP_STATES, type MapItem, type MapState, type StateCounts, type ValueDomain } from "#lib/maps/spec";
import { causeNumber, FAULT_CAUSE } from "../core/fault-causes.ts";
import {
  findMapVersion,
  listLatestValues,
  listMapSensors,
  type MapSensor,
  type MapVersion,
} from "../map-index-store.ts";
import type { SensorCounts } from "../map-store.ts";
import type { SensorFilter } from "../schema.ts";

/** Below, the database groups a viewport in a few milliseconds; above, memory in this process would be the limit. */
const SENSORS_MIN = 5_000;
const SENSORS_MAX = 500_000;
const WORKSPACES_MAX = 8;
const COLOURS_MAX = 2;
const FILTERS_MAX = 24;
/** A sensor may be drawn this long after it has fallen silent as it was before; the map itself refreshes every 30 s. */
const SILENCE_LAG_MS = 30_000;
/** A change in the database is seen at the latest after this: asking costs a scan of all sensors. */
const VERSION_AGE_MAX_MS = 1_000;
/** Of the time since the last build, at most this share goes into building when data change all the time. */
const BUILD_SHARE = 0.1;

export interface MapQuery {
  bbox: Bbox;
  zoom: number;
  filter: SensorFilter;
  colour?: string | undefined;
}

interface Loaded {
  sensors: MapSensor[];
  /** Lower-case id, name and owner of each sensor, for the text filter. */
  texts: string[];
  version: MapVersion;
  values: Map<string, Map<string, number | null>>;
  /** Colour classes by property, filled by who computes them. */
  domains: Map<string, ValueDomain | null>;
}

interface Tally {
  byState: StateCounts;
  unplaced: StateCounts;
}

export interface Snapshot extends Loaded {
  masks: Map<string, Uint8Array>;
  tallies: Map<string, Tally>;
  states: MapState[];
  /** The first instant after the build at which a sensor falls silent. */
  nextChangeMs: number;
  byColour: Map<string, PointIndex>;
}

interface Slot {
  version: { asked: Promise<MapVersion>; askedAtMs: number } | null;
  snapshot: Snapshot | null;
  building: Promise<void> | null;
  builtAtMs: number;
  buildMs: number;
}

// Development reloads modules; the memory must not be held twice.
const holder = globalThis as typeof globalThis & { fieldportMapIndexes?: Map<string, Slot> };
const slots = (holder.fieldportMapIndexes ??= new Map<string, Slot>());

/**
 * The sensors of a large workspace in memory, at most a second behind the database; null when the workspace is small
 * or its snapshot is being built (then the database answers, slower but just as right).
 */
export async function findMapIndex(ctx: Ctx): Promise<Snapshot | null> {
  const slot = slotOf(ctx.workspaceId);
  const version = await versionOf(ctx, slot);
  if (version.count < SENSORS_MIN || version.count > SENSORS_MAX) {
    slot.snapshot = null;
    return null;
  }
  const { snapshot } = slot;
  const isCurrent = snapshot?.version.count === version.count && snapshot.version.hash === version.hash;
  const nowMs = Date.now();
  if (snapshot && isCurrent && nowMs < snapshot.nextChangeMs) return snapshot;
  startBuild(ctx, slot, { version, earlier: isCurrent ? snapshot : null });
  return snapshot && isCurrent && nowMs < snapshot.nextChangeMs + SILENCE_LAG_MS ? snapshot : null;
}

function versionOf(ctx: Ctx, slot: Slot): Promise<MapVersion> {
  if (slot.version && Date.now() - slot.version.askedAtMs < VERSION_AGE_MAX_MS) return slot.version.asked;
  const asked = findMapVersion(ctx);
  slot.version = { asked, askedAtMs: Date.now() };
  // A failed look must not be remembered.
  asked.catch(() => (slot.version = null));
  return asked;
}

/** Resolves when no build is under way, for benchmarks and tests. */
export async function settleMapIndex(ctx: Ctx): Promise<void> {
  await slots.get(ctx.workspaceId)?.building;
}

/** The least recently used workspace makes room. */
function slotOf(workspaceId: string): Slot {
  const slot = slots.get(workspaceId) ?? { version: null, snapshot: null, building: null, builtAtMs: 0, buildMs: 0 };
  slots.delete(workspaceId);
  slots.set(workspaceId, slot);
  const oldest = slots.keys().next().value;
  if (slots.size > WORKSPACES_MAX && oldest !== undefined) slots.delete(oldest);
  return slot;
}

function startBuild(ctx: Ctx, slot: Slot, from: { version: MapVersion; earlier: Snapshot | null }): void {
  const isTooSoon = slot.snapshot !== null && Date.now() - slot.builtAtMs < slot.buildMs / BUILD_SHARE;
  if (slot.building || isTooSoon) return;
  const startedMs = Date.now();
  slot.building = (from.earlier ? Promise.resolve(from.earlier) : load(ctx, from.version))
    .then((loaded) => {
      slot.snapshot = snapshotOf(loaded, Date.now());
    })
    .catch((error: unknown) => log.warn("sensors.map_index_failed", { error }))
    .finally(() => {
      slot.building = null;
      slot.builtAtMs = Date.now();
      slot.buildMs = slot.builtAtMs - startedMs;
    });
}

async function load(ctx: Ctx, version: MapVersion): Promise<Loaded> {
  // Rows changed between the two queries give another version next time, so the older one is the safe label.
  const sensors = await listMapSensors(ctx);
  const texts = sensors.map(({ code, name, owner, address }) => `${code}\n${name}\n${owner}\n${address}`.toLowerCase());
  return { sensors, texts, version, values: new Map(), domains: new Map() };
}

function snapshotOf(loaded: Loaded, nowMs: number): Snapshot {
  const states = loaded.sensors.map((sensor) => stateOf(sensor, nowMs));
  let nextChangeMs = Infinity;
  for (const { silentAfterMs, recoveredUntilMs, isReference } of loaded.sensors) {
    if (isReference) continue;
    for (const atMs of [silentAfterMs, recoveredUntilMs]) {
      if (atMs !== null && atMs >= nowMs) nextChangeMs = Math.min(nextChangeMs, atMs);
    }
  }
  const kept = { masks: new Map<string, Uint8Array>(), tallies: new Map<string, Tally>() };
  const snapshot: Snapshot = { ...loaded, ...kept, states, nextChangeMs, byColour: new Map() };
  pointIndexOf(snapshot, undefined);
  return snapshot;
}

function stateOf({ isReference, silentAfterMs, recoveredUntilMs, verdict }: MapSensor, nowMs: number): MapState {
  if (isReference) return "reference";
  if (silentAfterMs === null || silentAfterMs < nowMs) return "silent";
  return verdict === "good" && recoveredUntilMs !== null && recoveredUntilMs > nowMs ? "recovered" : verdict;
}

/** A point that knows its place among the sensors, so that a filter needs no look-up. */
class IndexedPoint implements ClusterSource {
  readonly row: number;
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  readonly state: MapState;
  readonly label: string;
  readonly detail?: string;
  readonly value: number | null;
  readonly kind: number | null;

  constructor(
    sensor: MapSensor & { lat: number; lon: number },
    at: { row: number; state: MapState; value: number | null; hasKinds: boolean },
  ) {
    this.row = at.row;
    this.id = sensor.id;
    this.lat = sensor.lat;
    this.lon = sensor.lon;
    this.state = at.state;
    this.label = sensor.code;
    if (at.state === "fault" || at.state === "suspect") this.detail = sensor.reason;
    this.value = at.value;
    this.kind = at.hasKinds ? at.value : null;
  }
}

function pointIndexOf(snapshot: Snapshot, colour: string | undefined): PointIndex {
  const known = snapshot.byColour.get(colour ?? "");
  if (known) return known;
  const values = colour === undefined ? null : snapshot.values.get(colour);
  const points = snapshot.sensors.flatMap((sensor, row) => {
    const { lat, lon } = sensor;
    const state = snapshot.states[row]!;
    if (lat === null || lon === null) return [];
    const value = values?.get(sensor.id) ?? null;
    return [new IndexedPoint({ ...sensor, lat, lon }, { row, state, value, hasKinds: colour === FAULT_CAUSE })];
  });
  const index = buildPointIndex(points);
  const colours = [...snapshot.byColour.keys()].filter((key) => key !== "");
  if (colours.length >= COLOURS_MAX) snapshot.byColour.delete(colours[0]!);
  snapshot.byColour.set(colour ?? "", index);
  return index;
}

/** Reads the latest values that the query needs once per snapshot. */
export async function loadValues(ctx: Ctx, snapshot: Snapshot, { filter, colour }: MapQuery): Promise<void> {
  for (const property of new Set([filter.property, colour, filter.cause?.length ? FAULT_CAUSE : undefined])) {
    if (property === undefined || snapshot.values.has(property)) continue;
    snapshot.values.set(property, await listLatestValues(ctx, property));
  }
}

/** What the database would answer; `loadValues` comes first. */
export function viewportOf(ctx: Ctx, snapshot: Snapshot, query: MapQuery): MapItem[] {
  const { state: states, ...rest } = query.filter;
  const mask = maskOf(ctx, snapshot, rest);
  const wanted = states?.length ? new Set(states) : null;
  const index = pointIndexOf(snapshot, query.colour);
  if (!mask && !wanted) return index.viewport(query);
  const accepts = (point: ClusterSource) =>
    point instanceof IndexedPoint && (!mask || mask[point.row] === 1) && (!wanted || wanted.has(point.state));
  return index.viewport(query, accepts);
}

/** States are counted without the state filter, because the legend is that filter. */
export function countsOf(ctx: Ctx, snapshot: Snapshot, { state: states, ...rest }: SensorFilter): SensorCounts {
  const tally = tallyOf(ctx, snapshot, rest);
  const wanted: readonly MapState[] = states?.length
    ? MAP_STATES.filter((state) => states.includes(state))
    : MAP_STATES;
  const sum = (counts: StateCounts): number => wanted.reduce<number>((so, state) => so + (counts[state] ?? 0), 0);
  return {
    total: snapshot.sensors.length,
    matching: sum(tally.byState),
    unplaced: sum(tally.unplaced),
    byState: tally.byState,
  };
}

type Rest = Omit<SensorFilter, "state">;

function tallyOf(ctx: Ctx, snapshot: Snapshot, filter: Rest): Tally {
  return remember(snapshot.tallies, keyOf(ctx, filter), () => {
    const mask = maskOf(ctx, snapshot, filter);
    const tally: Tally = { byState: {}, unplaced: {} };
    snapshot.states.forEach((state, row) => {
      if (mask && mask[row] === 0) return;
      tally.byState[state] = (tally.byState[state] ?? 0) + 1;
      if (snapshot.sensors[row]!.lat === null) tally.unplaced[state] = (tally.unplaced[state] ?? 0) + 1;
    });
    return tally;
  });
}

/** 1 for each sensor that passes; null when all do. Kept, because a map is panned with the same filter. */
function maskOf(ctx: Ctx, snapshot: Snapshot, filter: Rest): Uint8Array | null {
  const tests = testsOf(ctx, snapshot, filter);
  if (tests.length === 0) return null;
  return remember(snapshot.masks, keyOf(ctx, filter), () => {
    const mask = new Uint8Array(snapshot.sensors.length);
    snapshot.sensors.forEach((sensor, row) => {
      mask[row] = tests.every((test) => test(row, sensor)) ? 1 : 0;
    });
    return mask;
  });
}

/** "Mine" means something else for everybody. */
function keyOf({ actor }: Ctx, filter: Rest): string {
  const who = filter.mine && actor.kind === "user" ? [actor.userId, actor.label, actor.email] : [];
  const { q, cause, owner, property, mine, placed } = filter;
  return JSON.stringify([q, cause, owner, property, mine, placed, ...who]);
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.delete(key);
  known.set(key, value);
  const oldest = known.keys().next().value;
  if (known.size > FILTERS_MAX && oldest !== undefined) known.delete(oldest);
  return value;
}

type Test = (row: number, sensor: MapSensor) => boolean;

/** The filter of the URL as tests of one sensor. */
function testsOf(ctx: Ctx, snapshot: Snapshot, { q, cause, owner, property, mine, placed }: Rest): Test[] {
  const tests: Test[] = [];
  if (q) {
    const text = q.toLowerCase();
    tests.push((row) => snapshot.texts[row]!.includes(text));
  }
  if (cause?.length) {
    const wanted = new Set<number | null | undefined>(cause.map(causeNumber));
    const causes = snapshot.values.get(FAULT_CAUSE);
    tests.push((_row, sensor) => wanted.has(causes?.get(sensor.id)));
  }
  if (owner !== undefined) tests.push((_row, sensor) => sensor.owner === owner);
  if (property) {
    const values = snapshot.values.get(property);
    tests.push((_row, sensor) => values?.has(sensor.id) ?? false);
  }
  if (mine) tests.push(mineTest(ctx));
  if (placed !== undefined) tests.push((_row, sensor) => (sensor.lat !== null) === placed);
  return tests;
}

/** As `mineSql`: claimed by me, or registered under my name or e-mail. */
function mineTest({ actor }: Ctx): Test {
  if (actor.kind !== "user") return () => false;
  const names = new Set([actor.label.toLowerCase(), actor.email.toLowerCase()]);
  return (_row, { ownerUserId, owner }) => ownerUserId === actor.userId || names.has(owner.toLowerCase());
}
