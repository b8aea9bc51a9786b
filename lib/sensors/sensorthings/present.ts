import { findObservedProperty } from "#lib/units/observed-properties";
import { findUnit } from "#lib/units/convert";
import { FLAG, FLAG_LABELS, type QartodFlag } from "../core/flag.ts";
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

/** One property of an entity; undefined where it has none. */
export function presentField(set: SetName, name: string, row: EntityRow): unknown {
  return PRESENTERS[set][name]?.(row);
}

type Presenter = (row: EntityRow) => unknown;

const text = (value: unknown) => (typeof value === "string" ? value : "");
const iso = (ms: unknown) => new Date(Math.round(Number(ms))).toISOString();
const nameOf: Presenter = (row) => row["name"];
const always =
  (value: string): Presenter =>
  () =>
    value;
const labelOf: Presenter = (row) => {
  const id = text(row["observedProperty"]);
  return findObservedProperty(id)?.label ?? id;
};
const spanOf: Presenter = (row) =>
  row["lastAtMs"] === null ? undefined : `${iso(row["firstAtMs"])}/${iso(row["lastAtMs"])}`;
const instantOf: Presenter = (row) => iso(row["atMs"]);

const PRESENTERS: Readonly<Record<SetName, Readonly<Record<string, Presenter>>>> = {
  Things: {
    name: nameOf,
    description: (row) => text(row["exposure"]),
    properties: (row) => ({
      code: row["code"],
      owner: row["owner"],
      exposure: row["exposure"],
      elevationM: row["elevationM"],
      isReferenceStation: row["isReference"],
      state: row["isSilent"] ? "silent" : row["verdict"],
    }),
  },
  Locations: {
    name: nameOf,
    description: always("Position of the sensor"),
    encodingType: always(GEO_JSON),
    location: pointOf,
  },
  HistoricalLocations: {},
  Datastreams: {
    name: (row) => `${text(row["code"])} ${String(labelOf(row))}`,
    description: labelOf,
    observationType: always(MEASUREMENT),
    unitOfMeasurement: (row) => {
      const label = findUnit(text(row["unit"]))?.label ?? row["unit"];
      return {
        name: label,
        symbol: label,
        definition: `https://ucum.org/ucum#${encodeURIComponent(text(row["unit"]))}`,
      };
    },
    observedArea: (row) => (row["latitude"] === null ? undefined : pointOf(row)),
    phenomenonTime: spanOf,
    resultTime: spanOf,
    properties: (row) => ({ stepS: row["stepS"], observationCount: row["observationCount"] }),
  },
  Sensors: {
    name: nameOf,
    description: (row) => `Instrument of ${text(row["code"])}`,
    encodingType: always("text/plain"),
    metadata: always("The make of the instrument is not known."),
  },
  ObservedProperties: {
    name: (row) => row["label"],
    definition: (row) => `https://qudt.org/vocab/quantitykind/${camel(text(row["id"]))}`,
    description: (row) => row["label"],
  },
  Observations: {
    phenomenonTime: instantOf,
    resultTime: instantOf,
    result: (row) => row["value"],
    resultQuality: (row) => {
      const flag = Number(row["flag"] ?? FLAG.good) as QartodFlag;
      return { qartod: flag, meaning: FLAG_LABELS[flag], ...(row["reason"] ? { reason: row["reason"] } : {}) };
    },
    parameters: (row) => originOf(Number(row["datasetNo"])),
  },
  FeaturesOfInterest: {
    name: nameOf,
    description: always("Place of the sensor"),
    encodingType: always(GEO_JSON),
    feature: pointOf,
  },
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
