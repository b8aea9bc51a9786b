import { FILE_RULES } from "#lib/datasets/core/file-rules";
import type { RuleDeclaration } from "#lib/datasets/core/quality-report";
import type { SessionSettings } from "./settings.ts";

/** What the rules judge of a session; texts are empty where the cell is. */
export interface SessionFacts {
  /** NaN where the cell is no number. */
  energyKwh: number;
  durationS: number;
  connector: string;
  sessionType: string;
  /** Wall clock of the station read as if UTC; NaN without a start. */
  startLocalMs: number;
  zoneLabel: string;
  driverCountry: string;
  currency: string;
}

export interface SessionStep {
  rule: string;
  label: string;
  /** Role of the column that decides. */
  role: string;
  fails: (session: SessionFacts, settings: SessionSettings) => boolean;
  /** What was expected. */
  expects: (settings: SessionSettings) => string;
}

/** A value that is missing or no number is not at least anything. */
const isBelow = (value: number, least: number | null) => least !== null && !(value >= least);
const isOutside = (value: string, list: readonly string[]) => list.length > 0 && value !== "" && !list.includes(value);
const oneOf = (list: readonly string[]) => `Only ${list.join(", ")} (or nothing) was expected`;

/**
 * The rules of a session in their order; the first that fails names why a session is not kept. `fleet_apart` moves a
 * session to the dataset of the fleet, where the rules after it do not apply.
 */
export const SESSION_STEPS: readonly SessionStep[] = [
  {
    rule: "energy_low",
    label: "Too little energy, or none given",
    role: "energy",
    fails: ({ energyKwh }, { energyKwhMin }) => isBelow(energyKwh, energyKwhMin),
    expects: ({ energyKwhMin }) => `At least ${energyKwhMin ?? 0} kWh was expected`,
  },
  {
    rule: "session_short",
    label: "Plugged in too briefly",
    role: "duration",
    fails: ({ durationS }, { durationSMin }) => isBelow(durationS, durationSMin),
    expects: ({ durationSMin }) => `At least ${durationSMin ?? 0} s was expected`,
  },
  {
    rule: "connector_dropped",
    label: "Connector that does not occur here",
    role: "connector",
    fails: ({ connector }, { connectorsDropped }) => connectorsDropped.includes(connector),
    expects: ({ connectorsDropped }) => `Sessions on ${connectorsDropped.join(", ")} are dropped`,
  },
  {
    rule: "fleet_apart",
    label: "Fleet session, kept in a dataset of its own",
    role: "type",
    fails: ({ sessionType }, { fleetTypes }) => fleetTypes.includes(sessionType),
    expects: ({ fleetTypes }) => `${fleetTypes.join(", ")} is a fleet`,
  },
  {
    rule: "other_energy_high",
    label: "More energy than a battery holds",
    role: "energy",
    fails: ({ sessionType, energyKwh }, { otherTypes, otherEnergyKwhMax }) =>
      otherEnergyKwhMax !== null && otherTypes.includes(sessionType) && energyKwh > otherEnergyKwhMax,
    expects: ({ otherTypes, otherEnergyKwhMax }) =>
      `At most ${otherEnergyKwhMax ?? 0} kWh was expected of type ${otherTypes.join(", ")}`,
  },
  {
    rule: "start_missing",
    label: "Start time missing or unreadable",
    role: "start",
    fails: ({ startLocalMs }, { startNeeded }) => startNeeded && Number.isNaN(startLocalMs),
    expects: () => "A date and time was expected",
  },
  {
    rule: "zone_outside",
    label: "Other time zone",
    role: "zone",
    fails: ({ zoneLabel }, { timeZones }) => isOutside(zoneLabel, timeZones),
    expects: ({ timeZones }) => oneOf(timeZones),
  },
  {
    rule: "country_outside",
    label: "Driver from another country",
    role: "driver_country",
    fails: ({ driverCountry }, { driverCountries }) => isOutside(driverCountry, driverCountries),
    expects: ({ driverCountries }) => oneOf(driverCountries),
  },
  {
    rule: "currency_outside",
    label: "Other currency",
    role: "currency",
    fails: ({ currency }, { currencies }) => isOutside(currency, currencies),
    expects: ({ currencies }) => oneOf(currencies),
  },
];

export const FLEET_RULE = "fleet_apart";

export const SESSION_RULES: readonly RuleDeclaration[] = [
  ...FILE_RULES,
  ...SESSION_STEPS.map(({ rule, label }): RuleDeclaration => ({ rule, label, severity: "dropped" })),
];
