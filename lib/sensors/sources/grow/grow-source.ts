import type { Session } from "#lib/outbound/session";
import { isValidPosition } from "#lib/geo/position";
import { groupSpans } from "../group-spans.ts";
import type { GrowConfig } from "../schema.ts";
import type { ReadingBatch, SensorSource, SensorSpan, SourceLog, SourceReading, SourceSensor } from "../source.ts";
import {
  DATA_SOURCE,
  DAYS_MAX,
  informationsAnswer,
  locationsAnswer,
  LOCATIONS_MAX,
  NO_DATA,
  readNodeTime,
  timeSeriesAnswer,
  toNodeTime,
  VARIABLES,
} from "./protocol.ts";

interface Node {
  session: Session;
  config: GrowConfig;
  log: SourceLog;
}

/**
 * A GROW node: every read is a POST, at most ten locations and ten days at once, series in any order. Series are told
 * apart by their codes, never by their place in the answer.
 */
export function createGrowSource(node: Node): SensorSource {
  return {
    listSensors: () => listSensors(node),
    readObservations: (spans) => readObservations(node, spans),
  };
}

async function* listSensors({ session, config }: Node): AsyncGenerator<SourceSensor[]> {
  const { Locations } = await session.post(
    `${config.baseUrl}/entity/locations/get`,
    { DataSourceCodes: [DATA_SOURCE] },
    (text) => locationsAnswer.parse(JSON.parse(text)),
  );
  const { TimeSeriesInformations } = await session.post(
    `${config.baseUrl}/entity/timeSeriesInformations/get`,
    {},
    (text) => informationsAnswer.parse(JSON.parse(text)),
  );
  const spans = new Map<string, { startMs: number; endMs: number }>();
  for (const { LocationIdentifier, StartDate, EndDate } of Object.values(TimeSeriesInformations)) {
    const [startMs, endMs] = [readNodeTime(StartDate ?? ""), readNodeTime(EndDate ?? "")];
    if (Number.isNaN(startMs) || Number.isNaN(endMs)) continue;
    const code = LocationIdentifier.slice(-8);
    const known = spans.get(code);
    // One row per variable: the sensor's time is that of all of them.
    spans.set(code, {
      startMs: Math.min(startMs, known?.startMs ?? Infinity),
      endMs: Math.max(endMs, known?.endMs ?? -Infinity),
    });
  }
  yield Object.values(Locations).map((location) => {
    const span = spans.get(location.Code);
    const lat = location.Y ?? Number.NaN;
    const lon = location.X ?? Number.NaN;
    const isPlaced = isValidPosition({ lat, lon }) && !(lat === 0 && lon === 0);
    return {
      code: location.Code,
      name: location.Name ?? null,
      latitude: isPlaced ? lat : null,
      longitude: isPlaced ? lon : null,
      elevationM: null,
      ownerName: location.UserUid ?? null,
      isReference: false,
      startAt: span ? new Date(span.startMs) : null,
      endAt: span ? new Date(span.endMs) : null,
    };
  });
}

async function* readObservations(node: Node, spans: readonly SensorSpan[]): AsyncGenerator<ReadingBatch> {
  const limits = { sensorsMax: LOCATIONS_MAX, windowMs: DAYS_MAX * 86_400_000 };
  for (const { asked, afterMs, untilMs } of groupSpans(spans, limits)) {
    const request = {
      DataSourceCode: DATA_SOURCE,
      Settings: {
        LocationCodes: asked.map(({ code }) => code),
        VariableCodes: node.config.variables.map((variable) => `${DATA_SOURCE}.${variable}`),
        StartDate: toNodeTime(afterMs),
        EndDate: toNodeTime(untilMs),
        Order: "asc",
      },
    };
    const answer = await node.session.post(`${node.config.baseUrl}/timeSeries/get`, { Readers: [request] }, (text) =>
      timeSeriesAnswer.parse(JSON.parse(text)),
    );
    const readings = readSeries(answer.Data, { asked, untilMs, log: node.log });
    yield {
      readings,
      reached: asked.map((span) => ({ sensorCode: span.code, atMs: Math.min(span.untilMs, untilMs) })),
    };
  }
}

type Series = (typeof timeSeriesAnswer)["_output"]["Data"];

interface Asked {
  asked: readonly SensorSpan[];
  untilMs: number;
  log: SourceLog;
}

/** Values in the time that was asked for, each sensor, variable and instant once; what repeats or is no value is left out. */
function readSeries(series: Series, { asked, untilMs, log }: Asked): SourceReading[] {
  const spanOf = new Map(asked.map((span) => [span.code, span]));
  const readings = new Map<string, SourceReading>();
  let [foreign, unreadable] = [0, 0];
  for (const { LocationCode, VariableCode, NoDataValue, Data } of series) {
    const span = spanOf.get(LocationCode);
    const variable = VARIABLES[VariableCode.replace(`${DATA_SOURCE}.`, "")];
    if (!span || !variable) {
      foreign++;
      continue;
    }
    const endMs = Math.min(span.untilMs, untilMs);
    for (const { DateTime, Value } of Data) {
      const [atMs, value] = [readNodeTime(DateTime), Value === null || Value === undefined ? NO_DATA : Number(Value)];
      if (value === NO_DATA || value === NoDataValue) continue;
      if (Number.isNaN(atMs) || !Number.isFinite(value)) unreadable++;
      else if (atMs > span.afterMs && atMs <= endMs) {
        const key = `${LocationCode} ${variable.observedProperty} ${atMs}`;
        if (!readings.has(key)) readings.set(key, { sensorCode: LocationCode, ...variable, atMs, value });
      }
    }
  }
  if (foreign > 0) log("warn", `${foreign} series of sensors or variables that were not asked for were left out.`);
  if (unreadable > 0) log("warn", `${unreadable} values could not be read and were left out.`);
  return [...readings.values()];
}
