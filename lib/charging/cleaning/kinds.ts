import { nameKey } from "#lib/units/observed-properties";
import { checkIntervalMapping, createIntervalCleaner } from "./create-interval-cleaner.ts";
import { checkSessionMapping, createSessionCleaner } from "./create-session-cleaner.ts";
import { INTERVAL_COLUMNS, INTERVAL_ROLES } from "./interval-columns.ts";
import { USUAL_HEADERS } from "./layouts.ts";
import {
  isChargePointIntervals,
  isChargePointSessions,
  isOcpi,
  proposeIntervalMapping,
  proposeSessionMapping,
} from "./propose-mapping.ts";
import { SESSION_COLUMNS, SESSION_ROLES } from "./session-columns.ts";
import type { ColumnRole, DatasetKind } from "#lib/datasets/core/dataset-kind";
import type { Sniff } from "#lib/tables/sniff";

const ACCEPTED_TYPES = [".csv", ".tsv", ".txt", ".json", ".jsonl", ".csv.gz", ".json.gz", ".gz", ".zip"] as const;

const LEAVE_OUT: ColumnRole = {
  role: "ignore",
  label: "Leave out",
  description: "Not stored.",
  required: false,
  multiple: true,
};

const sessionRoles: ColumnRole[] = [
  ...SESSION_ROLES.map(({ role, label, description }) => ({
    role,
    label,
    description,
    required: role === "start" || role === "energy",
    multiple: false,
  })),
  LEAVE_OUT,
];

export const chargingSessionsKind: DatasetKind = {
  kind: "charging-sessions",
  label: "Charging sessions",
  description: "One row per session: when a vehicle was plugged in, for how long, and the energy it took.",
  columns: sessionRoles,
  acceptedTypes: ACCEPTED_TYPES,
  parquetColumns: SESSION_COLUMNS,
  aside: { kind: "charging-fleet-sessions", nameSuffix: "fleet", parquetColumns: SESSION_COLUMNS },
  likeness: sessionLikeness,
  proposeMapping: (sniff) => proposeSessionMapping(sniff, "charging-sessions"),
  checkMapping: checkSessionMapping,
  createCleaner: createSessionCleaner,
};

/** What session files bring of fleets; a file of nothing else can be sent as this kind. */
export const chargingFleetSessionsKind: DatasetKind = {
  ...chargingSessionsKind,
  kind: "charging-fleet-sessions",
  label: "Fleet charging sessions",
  description: "Sessions of fleets, kept apart from those of drivers.",
  // A file is recognised as sessions; the fleet in it moves here by itself.
  likeness: () => 0,
  proposeMapping: (sniff) => {
    const proposal = proposeSessionMapping(sniff, "charging-fleet-sessions");
    return {
      ...proposal,
      mapping: { ...proposal.mapping, settings: { ...proposal.mapping.settings, fleetTypes: [] } },
    };
  },
};

export const chargingIntervalsKind: DatasetKind = {
  kind: "charging-intervals",
  label: "Charging intervals",
  description: "The course of sessions: energy and power per quarter of an hour.",
  columns: [
    ...INTERVAL_ROLES.map(([role, label, description]) => ({
      role,
      label,
      description,
      required: role !== "start" && role !== "peak" && role !== "average",
      multiple: false,
    })),
    LEAVE_OUT,
  ],
  acceptedTypes: ACCEPTED_TYPES,
  parquetColumns: INTERVAL_COLUMNS,
  sortedBy: ["session_id", "interval_id"],
  likeness: intervalLikeness,
  proposeMapping: (sniff) => proposeIntervalMapping(sniff, "charging-intervals"),
  checkMapping: checkIntervalMapping,
  createCleaner: createIntervalCleaner,
};

export const CHARGING_KINDS: readonly DatasetKind[] = [
  chargingSessionsKind,
  chargingIntervalsKind,
  chargingFleetSessionsKind,
];

/** Start, energy and an end or duration under names that only charging uses; sensors have none of them together. */
function sessionLikeness(sniff: Sniff): number {
  if (isChargePointSessions(sniff) || isOcpi(sniff)) return 1;
  const roles = new Set(sniff.columns.map((column) => USUAL_HEADERS.get(nameKey(column))?.role));
  const hasCourse = roles.has("end") || roles.has("duration") || roles.has("charging");
  return roles.has("start") && roles.has("energy") && hasCourse ? 0.95 : 0;
}

function intervalLikeness(sniff: Sniff): number {
  if (isChargePointIntervals(sniff)) return 1;
  const keys = new Set(sniff.columns.map(nameKey));
  return keys.has("interval_id") && keys.has("session_id") ? 0.95 : 0;
}
