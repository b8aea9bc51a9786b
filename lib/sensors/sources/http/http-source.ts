import { createTimestampParser } from "#lib/datasets/core/timestamp-parser";
import { AppError } from "#lib/errors";
import type { Session } from "#lib/outbound/session";
import { groupSpans } from "../group-spans.ts";
import type { HttpConfig } from "../schema.ts";
import type { ReadingBatch, SensorSource, SensorSpan, SourceLog, SourceReading, SourceSensor } from "../source.ts";
import { readAnswer, type HttpPage } from "./read-answer.ts";

const DAY_MS = 86_400_000;
const PAGES_MAX = 10_000;

interface Http {
  session: Session;
  config: HttpConfig;
  log: SourceLog;
  nowMs: number;
}

/** Any service that answers JSON or CSV over HTTP, described by its settings. */
export function createHttpSource(http: Http): SensorSource {
  return {
    listSensors: () => listSensors(http),
    readObservations: (spans) => readObservations(http, spans),
  };
}

/** The sensors that the settings name, else those that report in the newest window. */
async function* listSensors(http: Http): AsyncGenerator<SourceSensor[]> {
  const { config, nowMs } = http;
  if (config.sensorCodes.length > 0) {
    yield config.sensorCodes.map((code) => sensorOf(code, null));
    return;
  }
  const found = new Map<string, SourceSensor>();
  for await (const { rows } of pages(http, {
    fromMs: nowMs - config.windowDays * DAY_MS,
    untilMs: nowMs,
    sensor: "",
  })) {
    for (const row of rows) {
      const code = textOf(row(config.sensorField));
      if (code !== "" && !found.has(code)) found.set(code, sensorOf(code, positionOf(row, config)));
    }
  }
  yield [...found.values()];
}

function sensorOf(code: string, position: { latitude: number; longitude: number } | null): SourceSensor {
  const { latitude = null, longitude = null } = position ?? {};
  return {
    ...{ code, latitude, longitude, name: null, elevationM: null, ownerName: null, isReference: null },
    startAt: null,
    endAt: null,
  };
}

function positionOf(row: HttpPage["rows"][number], config: HttpConfig) {
  if (config.latitudeField === "" || config.longitudeField === "") return null;
  const [latitude, longitude] = [Number(row(config.latitudeField)), Number(row(config.longitudeField))];
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : null;
}

async function* readObservations(http: Http, spans: readonly SensorSpan[]): AsyncGenerator<ReadingBatch> {
  const { config } = http;
  const isBySensor = config.url.includes("{sensor}");
  const limits = { sensorsMax: isBySensor ? 1 : Infinity, windowMs: config.windowDays * DAY_MS };
  for (const { asked, afterMs, untilMs } of groupSpans(spans, limits)) {
    const spanOf = new Map(asked.map((span) => [span.code, span]));
    const only = isBySensor ? asked[0] : undefined;
    const answer = pages(http, { fromMs: afterMs, untilMs, sensor: only?.code ?? "" });
    for await (const { rows } of answer) {
      const spanOfRow = (row: HttpPage["rows"][number]) => only ?? spanOf.get(textOf(row(config.sensorField)));
      yield { readings: readRows(rows, { config, spanOfRow, untilMs, log: http.log }), reached: [] };
    }
    yield {
      readings: [],
      reached: asked.map((span) => ({ sensorCode: span.code, atMs: Math.min(span.untilMs, untilMs) })),
    };
  }
}

interface Reading {
  config: HttpConfig;
  spanOfRow: (row: HttpPage["rows"][number]) => SensorSpan | undefined;
  untilMs: number;
  log: SourceLog;
}

function readRows(rows: HttpPage["rows"], { config, spanOfRow, untilMs, log }: Reading): SourceReading[] {
  const times = createTimestampParser({ format: config.timeFormat, timeZone: config.timeZone });
  const readings: SourceReading[] = [];
  let unreadable = 0;
  for (const row of rows) {
    const span = spanOfRow(row);
    if (!span) continue;
    const atMs = times.parse(textOf(row(config.timeField)));
    if (Number.isNaN(atMs)) unreadable++;
    if (!(atMs > span.afterMs && atMs <= Math.min(span.untilMs, untilMs))) continue;
    for (const { observedProperty, unit, field } of config.properties) {
      const raw = row(field);
      const value = raw === null || raw === undefined || raw === "" ? Number.NaN : Number(raw);
      if (Number.isFinite(value)) readings.push({ sensorCode: span.code, observedProperty, unit, atMs, value });
    }
  }
  if (unreadable > 0) log("warn", `${unreadable} records have no readable time in "${config.timeField}".`);
  return readings;
}

interface Window {
  fromMs: number;
  untilMs: number;
  sensor: string;
}

/** The pages of one request: by number while there are records, or by what each answer names as the next. */
async function* pages({ session, config }: Http, { fromMs, untilMs, sensor }: Window): AsyncGenerator<HttpPage> {
  const fill = (values: Record<string, string>) =>
    config.url.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      values[name] === undefined ? whole : encodeURIComponent(values[name]),
    );
  const values = { from: new Date(fromMs).toISOString(), to: new Date(untilMs).toISOString(), sensor };
  const asked = new Set<string>();
  let url = fill({ ...values, page: "1", cursor: "" });
  for (let page = 1; page <= PAGES_MAX; page++) {
    if (asked.has(url))
      throw new AppError(
        "unprocessable",
        "The source names a page as its own next page. Check the path of the next page.",
      );
    asked.add(url);
    const answer = await session.get(url, (text) => readAnswer(text, config));
    yield answer;
    const { next } = answer;
    if (config.url.includes("{page}")) {
      if (answer.rows.length === 0) return;
      url = fill({ ...values, page: String(page + 1), cursor: "" });
    } else if (next === undefined || next === null || next === "" || next === false) return;
    else
      url = config.url.includes("{cursor}")
        ? fill({ ...values, cursor: textOf(next) })
        : new URL(textOf(next), url).href;
  }
  throw new AppError(
    "unprocessable",
    `The source has more than ${PAGES_MAX} pages for one request. Shorten the window.`,
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
}
