import { readIso, type ReadTime } from "#lib/datasets/core/read-iso";
import { FLAG, type DrivingRecord } from "./record.ts";
import { UnreadableRow } from "./unreadable-row.ts";

export interface RecordFault {
  /** The member at fault, as the layout calls it. */
  member: string;
  detail: string;
}

/** The members of a record in the order of the headerless layout; the plain form ends after `Time`. */
export const LAYOUT = [
  "driverID",
  "carPlateNumber",
  "Latitude",
  "Longtitude",
  "Speed",
  "Direction",
  "siteName",
  "Time",
  "isRapidlySpeedup",
  "isRapidlySlowdown",
  "isNeutralSlide",
  "isNeutralSlideFinished",
  "neutralSlideTime",
  "isOverspeed",
  "isOverspeedFinished",
  "overspeedTime",
  "isFatigueDriving",
  "isHthrottleStop",
  "isOilLeak",
] as const;
type Member = (typeof LAYOUT)[number] | "sequence";

const FLAG_MEMBERS = [
  ["isRapidlySpeedup", FLAG.speedUp],
  ["isRapidlySlowdown", FLAG.slowDown],
  ["isNeutralSlide", FLAG.neutralSlide],
  ["isNeutralSlideFinished", FLAG.neutralSlideEnd],
  ["isOverspeed", FLAG.overspeed],
  ["isOverspeedFinished", FLAG.overspeedEnd],
  ["isFatigueDriving", FLAG.fatigue],
  ["isHthrottleStop", FLAG.throttleStop],
  ["isOilLeak", FLAG.oilLeak],
] as const;

const MEMBERS = new Map<string, Member>(
  [...LAYOUT, "sequence" as const].map((member): [string, Member] => [member.toLowerCase(), member]),
);
MEMBERS.set("longitude", "Longtitude");

/** The member a name stands for: any case, both spellings of longitude. Undefined for what means nothing here. */
export function memberOf(name: string): Member | undefined {
  return MEMBERS.get(name) ?? MEMBERS.get(name.trim().toLowerCase().replaceAll("_", ""));
}

type Said = Partial<Record<Member, unknown>>;

const CHARACTERS_MAX = { driverID: 64, carPlateNumber: 32, siteName: 300 } as const;
const DURATION_S_MAX = 7 * 86_400;
const RECORDED_AT_MS_MIN = Date.UTC(1990, 0, 1);
/** A day of tolerance beyond the zone that is furthest ahead. */
const FUTURE_MS = (24 + 14) * 3_600_000;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

class Fault extends Error {
  readonly fault: RecordFault;

  constructor(member: string, detail: string) {
    super(detail);
    this.fault = { member, detail };
  }
}

/**
 * Reads one posted record: values as texts or numbers, absent and empty alike. What does not fit is said with the
 * member at fault and never clamped; members that mean nothing here are passed over.
 */
export function parseRecord(row: unknown, nowMs: number): DrivingRecord | RecordFault {
  if (row instanceof UnreadableRow) return { member: "record", detail: row.detail };
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    return { member: "record", detail: "An object was expected" };
  }
  const said: Said = {};
  for (const [name, value] of Object.entries(row)) {
    const member = memberOf(name);
    if (member !== undefined && !isEmpty(value)) said[member] ??= value;
  }
  try {
    return readMembers(said, nowMs);
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

function readMembers(said: Said, nowMs: number): DrivingRecord {
  let flags = 0;
  for (const [member, bit] of FLAG_MEMBERS) if (readFlag(said, member)) flags |= bit;
  return {
    driverCode: readText(said, "driverID"),
    plate: readText(said, "carPlateNumber"),
    latitude: readRequired(said, "Latitude", [-90, 90]),
    longitude: readRequired(said, "Longtitude", [-180, 180]),
    speedKmh: readRequired(said, "Speed", [0, 300]),
    directionDeg: readDirection(said),
    siteName: said.siteName === undefined ? null : readText(said, "siteName"),
    recordedAtMs: readTime(said.Time, nowMs),
    flags,
    neutralSlideS: readDuration(said, "neutralSlideTime", (flags & FLAG.neutralSlideEnd) !== 0),
    overspeedS: readDuration(said, "overspeedTime", (flags & FLAG.overspeedEnd) !== 0),
    producerSeq: readSequence(said),
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

function readText(said: Said, member: keyof typeof CHARACTERS_MAX): string {
  const value = said[member];
  if (value === undefined) throw new Fault(member, "Missing");
  if (typeof value !== "string" && typeof value !== "number") throw new Fault(member, "A text was expected");
  const text = String(value).trim();
  if (text.length > CHARACTERS_MAX[member]) {
    throw new Fault(member, `Longer than ${CHARACTERS_MAX[member]} characters`);
  }
  if (text.includes("\0")) throw new Fault(member, "A zero character cannot be stored");
  return text;
}

function readNumber(said: Said, member: Member, [min, max]: readonly [number, number]): number {
  const given = said[member];
  if (given === undefined) return NaN;
  const isNumeric = typeof given === "string" && NUMBER.test(given.trim());
  const value = isNumeric ? Number(given) : given;
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Fault(member, "A number was expected");
  if (value < min || value > max) throw new Fault(member, `${value} is not between ${min} and ${max}`);
  return value;
}

function readRequired(said: Said, member: Member, range: readonly [number, number]): number {
  if (said[member] === undefined) throw new Fault(member, "Missing");
  return readNumber(said, member, range);
}

function readDirection(said: Said): number {
  const value = readNumber(said, "Direction", [0, 360]);
  if (value === 360) throw new Fault("Direction", "360 is not below 360: north is 0");
  return value;
}

function readFlag(said: Said, member: Member): boolean {
  const value = said[member];
  if (value === undefined || value === 0 || value === false) return false;
  if (value === 1 || value === true) return true;
  const text = typeof value === "string" ? value.trim() : "";
  if (text === "0") return false;
  if (text === "1") return true;
  throw new Fault(member, "1, 0 or nothing was expected");
}

function readDuration(said: Said, member: "neutralSlideTime" | "overspeedTime", hasEnd: boolean): number {
  const value = readNumber(said, member, [0, DURATION_S_MAX]);
  if (!hasEnd && value === value) throw new Fault(member, "A duration without the flag that it ended");
  return value;
}

function readSequence(said: Said): number | null {
  const value = readNumber(said, "sequence", [0, Number.MAX_SAFE_INTEGER]);
  if (value !== value) return null;
  if (!Number.isInteger(value)) throw new Fault("sequence", "A whole number was expected");
  return value;
}

function readTime(value: unknown, nowMs: number): number {
  if (value === undefined) throw new Fault("Time", "Missing");
  const time: ReadTime = { localMs: NaN, offsetMs: NaN };
  const text = typeof value === "string" ? value.trim() : "";
  if (text.length < 16 || !readIso(text, time) || !Number.isFinite(time.localMs)) {
    throw new Fault("Time", "A time such as 2017-01-01 08:00:05 was expected");
  }
  if (Number.isFinite(time.offsetMs)) {
    throw new Fault("Time", "The wall clock without a zone was expected, such as 2017-01-01 08:00:05");
  }
  if (time.localMs < RECORDED_AT_MS_MIN) throw new Fault("Time", "Before 1990: the clock was probably not set");
  if (time.localMs > nowMs + FUTURE_MS) throw new Fault("Time", "More than a day in the future: check the clock");
  return Math.round(time.localMs);
}
