import type { PipelineDetail } from "#lib/pipelines/schema";
import { sensorNetworkSettings } from "#lib/sensors/pipeline/schema";
import { sourceConfig, type SourceConfig } from "#lib/sensors/sources/schema";

/** What the form holds: everything as text, for every kind of source at once. */
export interface PipelineDraft {
  name: string;
  kind: SourceConfig["kind"];
  values: Record<string, string>;
  historyDays: string;
  secret: string;
  cron: string;
  runsOnNewData: boolean;
  isEnabled: boolean;
}

const GROW = sourceConfig.parse({ kind: "grow" });
const WOW_URL = "https://apimgmt.www.wow.metoffice.gov.uk/api";

const EMPTY_VALUES: Record<string, string> = {
  "grow.baseUrl": GROW.kind === "grow" ? GROW.baseUrl : "",
  "wow.baseUrl": WOW_URL,
  "http.format": "json",
  "http.keyHeader": "Authorization",
  "http.keyPrefix": "Bearer ",
  "http.timeFormat": "iso",
  "http.timeZone": "UTC",
  "http.windowDays": "7",
  "http.requestsPerSecond": "2",
};

export const NEW_DRAFT: PipelineDraft = {
  name: "",
  kind: "grow",
  values: EMPTY_VALUES,
  historyDays: "30",
  secret: "",
  cron: "10 6 * * *",
  runsOnNewData: false,
  isEnabled: true,
};

/** A stored pipeline as a draft; its key stays where it is. */
export function toDraft(pipeline: PipelineDetail): PipelineDraft {
  const { source, historyDays } = sensorNetworkSettings.parse(pipeline.settings);
  return {
    name: pipeline.name,
    kind: source.kind,
    values: { ...EMPTY_VALUES, ...valuesOf(source) },
    historyDays: String(historyDays),
    secret: "",
    cron: pipeline.cron ?? "",
    runsOnNewData: pipeline.runsOnNewData,
    isEnabled: pipeline.isEnabled,
  };
}

function valuesOf(source: SourceConfig): Record<string, string> {
  if (source.kind === "grow") return { "grow.baseUrl": source.baseUrl };
  if (source.kind === "wow") {
    const box = Object.entries(source.box).map(([side, value]) => [`wow.${side}`, String(value)]);
    return { "wow.baseUrl": source.baseUrl, ...(Object.fromEntries(box) as Record<string, string>) };
  }
  if (source.kind === "files") return {};
  const { properties, sensorCodes, kind, ...rest } = source;
  return {
    ...(Object.fromEntries(Object.entries(rest).map(([key, value]) => [`${kind}.${key}`, String(value)])) as Record<
      string,
      string
    >),
    "http.sensorCodes": sensorCodes.join("\n"),
    "http.properties": properties
      .map(({ field, observedProperty, unit }) => [field, observedProperty, unit].join(", "))
      .join("\n"),
  };
}

const lines = (text: string | undefined) =>
  (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
const numberOf = (text: string | undefined) => (text === undefined || text.trim() === "" ? undefined : Number(text));

/** The draft as the API takes it; what is wrong with it the server says. */
export function toSource({ kind, values }: PipelineDraft): object {
  const text = (name: string) => values[`${kind}.${name}`] ?? "";
  if (kind === "files") return { kind };
  if (kind === "grow") return { kind, baseUrl: text("baseUrl") };
  if (kind === "wow") {
    const side = (name: string) => numberOf(text(name));
    return {
      kind,
      baseUrl: text("baseUrl"),
      box: { west: side("west"), south: side("south"), east: side("east"), north: side("north") },
    };
  }
  return {
    kind,
    ...{ url: text("url"), format: text("format"), keyHeader: text("keyHeader"), keyPrefix: text("keyPrefix") },
    ...{ rowsPath: text("rowsPath"), nextPath: text("nextPath"), sensorField: text("sensorField") },
    ...{ timeField: text("timeField"), timeFormat: text("timeFormat"), timeZone: text("timeZone") },
    ...{ latitudeField: text("latitudeField"), longitudeField: text("longitudeField") },
    sensorCodes: lines(values["http.sensorCodes"]),
    properties: lines(values["http.properties"]).map((line) => {
      const [field = "", observedProperty = "", unit = ""] = line.split(",").map((part) => part.trim());
      return { field, observedProperty, unit };
    }),
    windowDays: numberOf(text("windowDays")),
    requestsPerSecond: numberOf(text("requestsPerSecond")),
  };
}
