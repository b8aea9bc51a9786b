import { proposeTimestamp } from "#lib/datasets/core/propose-timestamp";
import { nameKey } from "#lib/units/observed-properties";
import {
  CHARGEPOINT_INTERVALS,
  CHARGEPOINT_PLACED_SESSIONS,
  CHARGEPOINT_SESSIONS,
  OCPI_RECORDS,
  shareOf,
  USUAL_HEADERS,
  USUAL_INTERVAL_HEADERS,
  type KnownHeader,
} from "./layouts.ts";
import { CALIFORNIA } from "./settings.ts";
import { NEEDED_SESSION_ROLES } from "./create-session-cleaner.ts";
import type { MappedColumn, MappingProposal, MappingQuestion } from "#lib/datasets/core/mapping";
import type { Sniff } from "#lib/tables/sniff";

/** ChargePoint's local times are Californian; its export has no zone names. */
const CHARGEPOINT_ZONE = "America/Los_Angeles";
/** Columns of a layout that exports leave out now and then. */
const LAYOUT_SHARE_MIN = 0.6;
/** The members every charge detail record has. */
const OCPI_MEMBERS = ["id", "start_date_time", "total_energy", "currency"];

const ROLE_WORDS: Readonly<Record<string, string>> = {
  start: "start of the session",
  energy: "energy",
  duration: "duration",
  interval: "id of the interval",
  session: "id of the session",
};

export const isChargePointSessions = (sniff: Sniff) => shareOf(CHARGEPOINT_SESSIONS, sniff.columns) >= LAYOUT_SHARE_MIN;
export const isChargePointIntervals = (sniff: Sniff) =>
  shareOf(CHARGEPOINT_INTERVALS, sniff.columns) >= LAYOUT_SHARE_MIN;
export const isOcpi = (sniff: Sniff) => OCPI_MEMBERS.every((member) => sniff.columns.includes(member));

/** How a session file is to be read: ChargePoint's export, OCPI records, or any table whose headers say enough. */
export function proposeSessionMapping(sniff: Sniff, kind: string): MappingProposal {
  if (isChargePointSessions(sniff)) {
    const proposal = propose(sniff, { kind, known: CHARGEPOINT_PLACED_SESSIONS, timeZone: CHARGEPOINT_ZONE });
    return { ...proposal, mapping: { ...proposal.mapping, settings: { ...CALIFORNIA } } };
  }
  const known = isOcpi(sniff) ? OCPI_RECORDS : USUAL_HEADERS;
  return propose(sniff, { kind, known, needed: NEEDED_SESSION_ROLES });
}

export function proposeIntervalMapping(sniff: Sniff, kind: string): MappingProposal {
  if (isChargePointIntervals(sniff))
    return propose(sniff, { kind, known: CHARGEPOINT_INTERVALS, timeZone: CHARGEPOINT_ZONE });
  return propose(sniff, {
    kind,
    known: USUAL_INTERVAL_HEADERS,
    needed: [["session"], ["interval"], ["duration"], ["energy"]],
  });
}

interface Proposing {
  kind: string;
  known: ReadonlyMap<string, KnownHeader>;
  timeZone?: string;
  needed?: readonly (readonly string[])[];
}

function propose(sniff: Sniff, { kind, known, timeZone, needed = [] }: Proposing): MappingProposal {
  const columns = mapColumns(sniff, known);
  const confidence = Object.fromEntries(columns.map(({ source, role }) => [source, role === "ignore" ? 0.5 : 1]));
  const questions = needed
    .filter((roles) => !columns.some(({ role }) => roles.includes(role)))
    .map(([role = ""]) => roleQuestion(role, sniff.columns));
  const start = columns.find(({ role }) => role === "start");
  const cells = start ? sniff.sampleRows.map((row) => row[sniff.columns.indexOf(start.source)] ?? "") : [];
  const guess = proposeTimestamp(cells);
  if (start && guess !== null && !guess.hasOffset && timeZone === undefined) questions.push(zoneQuestion(start.source));
  if (guess !== null && guess.otherFormats.length > 0) {
    const options = [guess.format, ...guess.otherFormats].map((format) => ({ value: format, label: format }));
    questions.push({ id: "date_order", text: "Which order do the dates have?", options, required: true });
  }
  return {
    mapping: {
      kind,
      layout: "entities",
      columns,
      timestamp: { format: guess?.format ?? "iso", timeZone: timeZone ?? "UTC" },
      constants: {},
      decimalComma: sniff.decimalComma,
      positions: "as_is",
    },
    confidence,
    questions,
  };
}

/** Each role goes to the first column that is named for it. */
function mapColumns(sniff: Sniff, known: ReadonlyMap<string, KnownHeader>): MappedColumn[] {
  const taken = new Set<string>();
  return sniff.columns.map((source): MappedColumn => {
    const found = known.get(nameKey(source));
    if (found === undefined || taken.has(found.role)) return { source, role: "ignore" };
    taken.add(found.role);
    return { source, ...found };
  });
}

function roleQuestion(role: string, columns: readonly string[]): MappingQuestion {
  const options = columns.map((column) => ({ value: column, label: column }));
  return { id: "role_column", role, text: `Which column is the ${ROLE_WORDS[role] ?? role}?`, options, required: true };
}

function zoneQuestion(column: string): MappingQuestion {
  const text = "Which time zone are the times in?";
  const options = ["America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin", "UTC"];
  return {
    id: "time_zone",
    column,
    text,
    options: options.map((value) => ({ value, label: value })),
    required: true,
  };
}
