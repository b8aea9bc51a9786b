import { isAppError } from "#lib/errors";
import type { Session } from "#lib/outbound/session";
import { groupSpans } from "../group-spans.ts";
import type { WowConfig } from "../schema.ts";
import type { ReadingBatch, SensorSource, SensorSpan, SourceLog, SourceReading, SourceSensor } from "../source.ts";
import { observationsAnswer, QUANTITIES, readWowTime, toWowTime, type WowObservation } from "./protocol.ts";

const DAY_MS = 86_400_000;
const WINDOW_MS = DAY_MS / 4;
/** A busy area is asked for in ever shorter pieces, but not for ever. */
const WINDOW_MS_MIN = DAY_MS / 96;

interface Wow {
  session: Session;
  config: WowConfig;
  log: SourceLog;
  /** Now, epoch ms: the list of stations is what reported in the day before. */
  nowMs: number;
}

/** Met Office WOW: all sites of an area at once, by time; the service knows no list of sites and no pages. */
export function createWowSource(wow: Wow): SensorSource {
  return {
    listSensors: () => listSensors(wow),
    readObservations: (spans) => readObservations(wow, spans),
  };
}

/** Stations of the area that reported both temperature and rain within the last day. */
async function* listSensors(wow: Wow): AsyncGenerator<SourceSensor[]> {
  const found = new Map<string, { latitude: number; longitude: number; has: Set<string> }>();
  for await (const { observations } of ask(wow, wow.nowMs - DAY_MS, wow.nowMs)) {
    for (const observation of observations) {
      const { SiteId, Latitude, Longitude } = observation;
      if (typeof Latitude !== "number" || typeof Longitude !== "number") continue;
      const site = found.get(SiteId) ?? { latitude: Latitude, longitude: Longitude, has: new Set() };
      for (const member of ["DryBulbTemperature_Celsius", "RainfallAmount_Millimetre"]) {
        if (typeof observation[member] === "number") site.has.add(member);
      }
      found.set(SiteId, site);
    }
  }
  const complete = [...found].filter(([, { has }]) => has.size === 2);
  if (complete.length < found.size) {
    wow.log("info", `${found.size - complete.length} sites without temperature or rainfall were left out.`);
  }
  yield complete.map(([code, { latitude, longitude }]) => ({
    code,
    name: null,
    latitude,
    longitude,
    elevationM: null,
    ownerName: null,
    isReference: true,
    startAt: null,
    endAt: null,
  }));
}

async function* readObservations(wow: Wow, spans: readonly SensorSpan[]): AsyncGenerator<ReadingBatch> {
  for (const { asked, afterMs, untilMs } of groupSpans(spans, { sensorsMax: Infinity, windowMs: WINDOW_MS })) {
    const spanOf = new Map(asked.map((span) => [span.code, span]));
    for await (const piece of ask(wow, afterMs, untilMs)) {
      yield {
        readings: readValues(piece.observations, (code) => spanOf.get(code), piece.untilMs),
        reached: asked
          .filter((span) => span.afterMs < piece.untilMs)
          .map((span) => ({ sensorCode: span.code, atMs: Math.min(span.untilMs, piece.untilMs) })),
      };
    }
  }
}

function readValues(
  observations: readonly WowObservation[],
  spanOf: (code: string) => SensorSpan | undefined,
  untilMs: number,
): SourceReading[] {
  const readings = new Map<string, SourceReading>();
  for (const observation of observations) {
    const span = spanOf(observation.SiteId);
    const atMs = readWowTime(observation.ReportEndDateTime);
    if (!span || !(atMs > span.afterMs && atMs <= Math.min(span.untilMs, untilMs))) continue;
    for (const [member, quantity] of Object.entries(QUANTITIES)) {
      const value = observation[member];
      if (typeof value !== "number") continue;
      const key = `${span.code} ${quantity.observedProperty} ${atMs}`;
      if (!readings.has(key)) readings.set(key, { sensorCode: span.code, ...quantity, atMs, value });
    }
  }
  return [...readings.values()];
}

/** The area's observations of a time, in halves where the whole is too much for one answer. */
async function* ask(
  wow: Wow,
  fromMs: number,
  untilMs: number,
): AsyncGenerator<{ observations: WowObservation[]; untilMs: number }> {
  const { west, south, east, north } = wow.config.box;
  const query = new URLSearchParams({
    top_left_long: String(west),
    top_left_lat: String(north),
    bottom_right_long: String(east),
    bottom_right_lat: String(south),
    start_time: toWowTime(fromMs),
    end_time: toWowTime(untilMs),
  });
  try {
    const answer = await wow.session.get(`${wow.config.baseUrl}/observations/byversion?${query}`, (text) =>
      observationsAnswer.parse(JSON.parse(text)),
    );
    yield { observations: answer.Object, untilMs };
  } catch (error) {
    if (!isAppError(error, "too_large") || untilMs - fromMs < 2 * WINDOW_MS_MIN) throw error;
    const middleMs = Math.round((fromMs + untilMs) / 2);
    yield* ask(wow, fromMs, middleMs);
    yield* ask(wow, middleMs, untilMs);
  }
}
