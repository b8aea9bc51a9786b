import { findUnit } from "#lib/units/convert";
import { profileColumns } from "./column-profile.ts";
import { roleRank } from "./role-names.ts";
import type { MappedColumn, MappingProposal, MappingQuestion } from "#lib/datasets/core/mapping";
import type { Sniff } from "#lib/tables/sniff";
import type { ColumnProfile } from "./column-profile.ts";

const SINGLE_ROLES = [
  "sensor",
  "latitude",
  "longitude",
  "elevation",
  "name",
  "owner",
  "exposure",
  "reference",
] as const;

/** Proposes how a list of sensors is to be read; columns without a role of their own become attributes. */
export function proposeRegistryMapping(sniff: Sniff): MappingProposal {
  const profiles = profileColumns(sniff);
  const chosen = new Map<string, MappedColumn>();
  const confidence: Record<string, number> = {};
  const questions: MappingQuestion[] = [];
  for (const role of SINGLE_ROLES) {
    const [best] = candidatesFor(role, profiles).filter(({ source }) => !chosen.has(source));
    if (best === undefined) continue;
    chosen.set(best.source, toColumn(best, role));
    confidence[best.source] = best.key === "id" || best.key.length === 1 ? 0.7 : 1;
  }
  const ids = candidatesFor("sensor", profiles).filter(
    ({ source }) => (chosen.get(source)?.role ?? "sensor") === "sensor",
  );
  if (ids.length > 1) questions.push(idQuestion(ids));
  if (ids.length === 0) questions.push({ ...idQuestion(profiles), required: true });
  if (![...chosen.values()].some(({ role }) => role === "reference")) questions.push(REFERENCE_QUESTION);
  const columns = profiles.map(({ source }) => chosen.get(source) ?? { source, role: "attribute" });
  for (const { source } of profiles) confidence[source] ??= 0.8;
  return {
    mapping: {
      kind: "sensor-registry",
      layout: "entities",
      columns,
      constants: {},
      decimalComma: sniff.decimalComma,
      positions: proposePositions(chosen, profiles),
    },
    confidence,
    questions,
  };
}

/** Columns that may have the role, best first. An id must not repeat within the sample. */
export function candidatesFor(role: string, profiles: readonly ColumnProfile[]): ColumnProfile[] {
  const isFit = ({ cells, isUnique, isNumeric, numbers }: ColumnProfile) => {
    if (role === "sensor") return isUnique || cells.length <= 1;
    if (role === "latitude" || role === "longitude")
      return cells.length === 0 || numbers.every((value) => Math.abs(value) <= 400);
    return role === "elevation" ? isNumeric : true;
  };
  return profiles
    .filter((profile) => rank(role, profile) < Infinity && isFit(profile))
    .sort((a, b) => rank(role, a) - rank(role, b));
}

/** The header as it stands, or without the unit behind it (`elevation_ft`, `Altitude (m)`). */
function rank(role: string, { key }: ColumnProfile): number {
  const stem = key.replace(/_(m|ft|feet|deg|degrees|wgs84)$/, "");
  return Math.min(roleRank(role, key), roleRank(role, stem));
}

function toColumn({ source, key }: ColumnProfile, role: string): MappedColumn {
  const suffix = /[_(\s](m|ft|feet)\)?$/i.exec(source)?.[1] ?? /_(m|ft|feet)$/.exec(key)?.[1];
  const unit = role === "elevation" && suffix !== undefined ? findUnit(suffix)?.code : undefined;
  return { source, role, ...(unit !== undefined && { unit }) };
}

/** When every latitude of the sample is impossible and the longitudes are not, the header names are exchanged. */
function proposePositions(
  chosen: ReadonlyMap<string, MappedColumn>,
  profiles: readonly ColumnProfile[],
): "as_is" | "swap_all" {
  const numbersOf = (role: string) => profiles.find(({ source }) => chosen.get(source)?.role === role)?.numbers ?? [];
  const latitudes = numbersOf("latitude");
  const isImpossible = latitudes.length > 0 && latitudes.every((value) => Math.abs(value) > 90);
  return isImpossible && numbersOf("longitude").every((value) => Math.abs(value) <= 90) ? "swap_all" : "as_is";
}

function idQuestion(profiles: readonly ColumnProfile[]): MappingQuestion {
  const options = profiles.map(({ source }) => ({ value: source, label: source }));
  return { id: "sensor_column", text: "Which column is the id that the readings use?", options, required: false };
}

const REFERENCE_QUESTION: MappingQuestion = {
  id: "reference",
  text: "Are these reference stations?",
  options: [
    { value: "no", label: "No" },
    { value: "yes", label: "Yes, all of them" },
  ],
  required: false,
};
