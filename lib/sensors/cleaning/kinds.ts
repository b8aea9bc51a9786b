import { checkReadingsMapping, checkRegistryMapping } from "./check-mapping.ts";
import { isTimeKey, profileColumns } from "./column-profile.ts";
import { createReadingsCleaner } from "./create-readings-cleaner.ts";
import { createRegistryCleaner } from "./create-registry-cleaner.ts";
import { proposeReadingsMapping } from "./propose-readings-mapping.ts";
import { candidatesFor, proposeRegistryMapping } from "./propose-registry-mapping.ts";
import { READING_COLUMNS } from "./reading-columns.ts";
import { REGISTRY_COLUMNS } from "./registry-rules.ts";
import type { ColumnRole, DatasetKind } from "#lib/datasets/core/dataset-kind";
import type { Sniff } from "#lib/tables/sniff";

/** File endings a person may choose; what a file is, its first bytes decide. */
const ACCEPTED_TYPES = [".csv", ".tsv", ".txt", ".dat", ".csv.gz", ".tsv.gz", ".txt.gz", ".gz", ".zip"] as const;

type RoleRow = readonly [role: string, label: string, description: string, is?: "required" | "multiple"];

function roles(rows: readonly RoleRow[]): ColumnRole[] {
  return rows.map(([role, label, description, is]) => ({
    role,
    label,
    description,
    required: is === "required",
    multiple: is === "multiple" || role === "ignore",
  }));
}

export const sensorRegistryKind: DatasetKind = {
  kind: "sensor-registry",
  label: "Sensor list",
  description: "One row per sensor: where it is, whose it is, whether it is a reference station.",
  columns: roles([
    ["sensor", "Sensor id", "The id that the readings use.", "required"],
    ["name", "Name", "What people call it."],
    ["latitude", "Latitude", "Decimal degrees, WGS 84."],
    ["longitude", "Longitude", "Decimal degrees, WGS 84."],
    ["elevation", "Elevation", "Metres above sea level, or another unit of length."],
    ["owner", "Owner", "Person or organisation."],
    ["exposure", "Exposure", "How it is placed: side of the house, shade, surface."],
    ["reference", "Reference station", "Yes or no."],
    ["attribute", "Attribute", "Kept with the sensor as it is.", "multiple"],
    ["ignore", "Leave out", "Not stored."],
  ]),
  acceptedTypes: ACCEPTED_TYPES,
  parquetColumns: REGISTRY_COLUMNS,
  likeness: registryLikeness,
  proposeMapping: proposeRegistryMapping,
  checkMapping: checkRegistryMapping,
  createCleaner: createRegistryCleaner,
};

export const sensorReadingsKind: DatasetKind = {
  kind: "sensor-readings",
  label: "Sensor readings",
  description: "Measured values over time, one per row or one column per quantity or sensor.",
  columns: roles([
    ["timestamp", "Time", "Date and time in one column."],
    ["date", "Date", "The date, when the time of day is in another column."],
    ["time_of_day", "Time of day", "Goes with Date."],
    ["sensor", "Sensor id", "When the file holds several sensors."],
    ["property", "Quantity", "Long tables: what the value of the row is."],
    ["value", "Value", "A measured value.", "multiple"],
    ["unit", "Unit", "Long tables: the unit of the row's value."],
    ["ignore", "Leave out", "Not stored."],
  ]),
  acceptedTypes: ACCEPTED_TYPES,
  parquetColumns: READING_COLUMNS,
  likeness: readingsLikeness,
  proposeMapping: proposeReadingsMapping,
  checkMapping: checkReadingsMapping,
  createCleaner: createReadingsCleaner,
};

export const SENSOR_KINDS: readonly DatasetKind[] = [sensorRegistryKind, sensorReadingsKind];

/** Positions of distinct sensors make a list; a column that is the time of the row speaks against it. */
function registryLikeness(sniff: Sniff): number {
  const profiles = profileColumns(sniff);
  const hasPosition = ["latitude", "longitude"].every((role) => candidatesFor(role, profiles).length > 0);
  const hasId = candidatesFor("sensor", profiles).length > 0;
  if (!hasId) return hasPosition ? 0.3 : 0;
  if (profiles.some(({ time, key }) => time !== null && isTimeKey(key))) return hasPosition ? 0.4 : 0.1;
  return hasPosition ? 0.95 : 0.5;
}

function readingsLikeness(sniff: Sniff): number {
  const profiles = profileColumns(sniff);
  const hasTime = profiles.some(({ time }) => time !== null);
  const isNamed = profiles.some(({ time, key }) => time !== null && isTimeKey(key));
  const hasNumbers = profiles.some(({ isNumeric, time }) => isNumeric && time === null);
  if (!hasTime || !hasNumbers) return hasTime ? 0.2 : 0.05;
  return isNamed ? 0.9 : 0.4;
}
