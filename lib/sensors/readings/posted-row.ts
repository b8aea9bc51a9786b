import { readIso, type ReadTime } from "#lib/datasets/core/read-iso";
import { nameKey } from "#lib/units/observed-properties";
import type { RawReading } from "./admit-reading.ts";

export interface RowFault {
  member: string;
  detail: string;
}

const MEMBERS: Readonly<Record<string, "sensor" | "observedProperty" | "observedAt" | "value" | "unit">> = {
  sensor: "sensor",
  sensor_code: "sensor",
  sensor_id: "sensor",
  observed_property: "observedProperty",
  property: "observedProperty",
  observed_at: "observedAt",
  time: "observedAt",
  timestamp: "observedAt",
  value: "value",
  unit: "unit",
};

/** The member a CSV column or JSON key stands for, or null for one that means nothing here. */
export function memberOf(name: string): (typeof MEMBERS)[string] | null {
  const key = nameKey(name);
  return Object.hasOwn(MEMBERS, key) ? (MEMBERS[key] ?? null) : null;
}

const TEXT_CHARACTERS_MAX = 200;

/** Reads one posted row; what does not fit is said with the member at fault. */
export function readPostedRow(row: Readonly<Record<string, unknown>>): RawReading | RowFault {
  const said = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    const member = memberOf(name);
    if (member !== null && !said.has(member)) said.set(member, value);
  }
  for (const member of ["sensor", "observedProperty", "unit"]) {
    const text = said.get(member) ?? "";
    if (typeof text !== "string" && typeof text !== "number") return { member, detail: "A text was expected" };
    if (String(text).trim() === "" && member !== "unit") return { member, detail: "Missing" };
    if (String(text).length > TEXT_CHARACTERS_MAX) {
      return { member, detail: `Longer than ${TEXT_CHARACTERS_MAX} characters` };
    }
  }
  const observedAtMs = readInstant(said.get("observedAt"));
  if (!Number.isFinite(observedAtMs)) {
    return { member: "observedAt", detail: "An instant was expected, such as 2026-11-27T10:15:00Z" };
  }
  const value = readValue(said.get("value"));
  if (!Number.isFinite(value)) return { member: "value", detail: "A number was expected" };
  const text = (member: string) => {
    const given = said.get(member);
    return typeof given === "string" || typeof given === "number" ? String(given).trim() : "";
  };
  return {
    sensorCode: text("sensor"),
    observedProperty: text("observedProperty"),
    unit: text("unit"),
    observedAtMs,
    value,
  };
}

function readValue(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
}

/**
 * ISO 8601 with `Z` or an offset, or epoch milliseconds as a number. A time without a zone is refused: guessing
 * would shift a device's readings by hours and nobody would see it.
 */
export function readInstant(value: unknown): number {
  if (typeof value === "number") return Math.round(value);
  if (typeof value !== "string") return NaN;
  const time: ReadTime = { localMs: NaN, offsetMs: NaN };
  const text = value.trim();
  if (!readIso(text, time)) return NaN;
  return time.localMs - time.offsetMs;
}
