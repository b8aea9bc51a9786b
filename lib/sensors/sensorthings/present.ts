import { findObservedProperty } from "#lib/units/observed-properties";
import { findUnit } from "#lib/units/convert";
import { FLAG_LABELS, type QartodFlag } from "../core/flag.ts";
import { MODEL, type SetName } from "./core/model.ts";
import type { EntityRow } from "./query-store.ts";

const GEO_JSON = "application/geo+json";
const MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";

/** Address of an entity below the service root: `Things('…')`, `Datastreams(12)`. */
export function entityPath(set: SetName, row: EntityRow): string {
  const id = entityId(set, row);
  return typeof id === "number" ? `${set}(${id})` : `${set}('${encodeURIComponent(id.replaceAll("'", "''"))}')`;
}

export function entityId(set: SetName, row: EntityRow): string | number {
  if (set === "Observations") return `${Number(row["datastreamId"])}-${Math.round(Number(row["atMs"]))}`;
  return set === "Datastreams" ? Number(row["id"]) : (row["id"] as string);
}

/** An entity's own properties; links and expansions are added by the caller. */
export function presentEntity(set: SetName, row: EntityRow): Record<string, unknown> {
  return PRESENTERS[set](row);
}

const iso = (ms: unknown) => new Date(Math.round(Number(ms))).toISOString();
const text = (value: unknown) => (typeof value === "string" ? value : "");

const PRESENTERS: Readonly<Record<SetName, (row: EntityRow) => Record<string, unknown>>> = {
  Things: (row) => ({
    name: row["name"],
    description: text(row["exposure"]),
    properties: {
      code: row["code"],
      owner: row["owner"],
      exposure: row["exposure"],
      elevationM: row["elevationM"],
      isReferenceStation: row["isReference"],
      state: row["isSilent"] ? "silent" : row["verdict"],
    },
  }),
  Locations: (row) => ({
    name: row["name"],
    description: "Position of the sensor",
    encodingType: GEO_JSON,
    location: pointOf(row),
  }),
  HistoricalLocations: () => ({}),
  Datastreams: (row) => {
    const unit = findUnit(text(row["unit"]));
    const label = findObservedProperty(text(row["observedProperty"]))?.label ?? text(row["observedProperty"]);
    const span = row["lastAtMs"] === null ? null : `${iso(row["firstAtMs"])}/${iso(row["lastAtMs"])}`;
    return {
      name: `${text(row["code"])} ${label}`,
      description: label,
      observationType: MEASUREMENT,
      unitOfMeasurement: {
        name: unit?.code ?? row["unit"],
        symbol: unit?.code ?? row["unit"],
        definition: `https://ucum.org/ucum#${encodeURIComponent(text(row["unit"]))}`,
      },
      ...(row["latitude"] === null ? {} : { observedArea: pointOf(row) }),
      ...(span === null ? {} : { phenomenonTime: span, resultTime: span }),
      properties: { stepS: row["stepS"], observationCount: row["observationCount"] },
    };
  },
  Sensors: (row) => ({
    name: row["name"],
    description: `Instrument of ${text(row["code"])}`,
    encodingType: "text/plain",
    metadata: "The make of the instrument is not known.",
  }),
  ObservedProperties: (row) => ({
    name: row["label"],
    definition: `https://qudt.org/vocab/quantitykind/${camel(text(row["id"]))}`,
    description: row["label"],
  }),
  Observations: (row) => {
    const flag = Number(row["flag"] ?? 1) as QartodFlag;
    return {
      phenomenonTime: iso(row["atMs"]),
      resultTime: iso(row["atMs"]),
      result: row["value"],
      resultQuality: { qartod: flag, meaning: FLAG_LABELS[flag], ...(row["reason"] ? { reason: row["reason"] } : {}) },
      parameters: originOf(Number(row["datasetNo"])),
    };
  },
  FeaturesOfInterest: (row) => ({
    name: row["name"],
    description: "Place of the sensor",
    encodingType: GEO_JSON,
    feature: pointOf(row),
  }),
};

/** What brought a value: a positive number is a dataset's, a negative one that of a post. */
const originOf = (no: number) => (no >= 0 ? { datasetNo: no } : { postNo: -no });

function pointOf(row: EntityRow) {
  const height = row["elevationM"];
  const flat = [row["longitude"], row["latitude"]];
  return { type: "Point", coordinates: typeof height === "number" ? [...flat, height] : flat };
}

function camel(id: string): string {
  return id.replaceAll(/(^|_)([a-z0-9])/g, (_whole, _break, letter: string) => letter.toUpperCase());
}

/** Names of links that an entity has, in the model's order. */
export const navigationNames = (set: SetName) => Object.keys(MODEL[set].navigations);
