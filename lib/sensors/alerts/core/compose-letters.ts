import { countOf } from "#lib/format/lists";
import type { AlertCondition } from "./decide-alert.ts";

/** Something people are told: an alert began or ended. */
export interface AlertEvent {
  alertId: string;
  sensorId: string;
  sensorCode: string;
  ownerUserId: string | null;
  condition: AlertCondition;
  phase: "began" | "ended";
  reason: string;
}

export type AlertLetterKind = "sensor_fault" | "sensor_silent" | "sensor_battery_low" | "sensor_alert_ended";

export interface AlertLetter {
  userId: string;
  kind: AlertLetterKind;
  title: string;
  body: string;
  link: string;
  dedupeKey: string;
}

interface Reader {
  userId: string;
  /** Hears of every sensor, not only of the own ones. */
  hearsAll: boolean;
  toldCount: number;
}

/** A person is told this often in 24 hours; what comes after is one line that says where to look. */
export const LETTERS_PER_DAY_MAX = 20;
/** More sensors than this in the same condition at the same moment share one letter. */
const SINGLE_LETTERS_MAX = 3;
const CODES_IN_LETTER = 20;

const KIND: Record<AlertCondition, AlertLetterKind> = {
  fault: "sensor_fault",
  silent: "sensor_silent",
  battery_low: "sensor_battery_low",
};
const BEGAN: Record<AlertCondition, [one: string, many: string]> = {
  fault: ["has a fault", "have a fault"],
  silent: ["is silent", "are silent"],
  battery_low: ["has a low battery", "have a low battery"],
};
const ENDED: Record<AlertCondition, [one: string, many: string]> = {
  fault: ["measures well again", "measure well again"],
  silent: ["reports again", "report again"],
  battery_low: ["has a charged battery again", "have charged batteries again"],
};

/** The letters of one moment to one person, within the person's limit of the day. */
export function composeLetters(reader: Reader, events: readonly AlertEvent[], now: Date): AlertLetter[] {
  const mine = events.filter((event) => reader.hearsAll || event.ownerUserId === reader.userId);
  const groups = Map.groupBy(mine, ({ condition, phase }) => `${condition} ${phase}`);
  const letters = [...groups.values()].flatMap((group) =>
    group.length > SINGLE_LETTERS_MAX ? [groupLetter(group, now)] : group.map(singleLetter),
  );
  const left = Math.max(0, LETTERS_PER_DAY_MAX - reader.toldCount);
  const told = letters.slice(0, left);
  const unsaid = letters.length - told.length;
  if (unsaid > 0) told.push(limitLetter(now));
  return told.map((letter) => ({ ...letter, userId: reader.userId }));
}

type Letter = Omit<AlertLetter, "userId">;

function singleLetter(event: AlertEvent): Letter {
  const { alertId, sensorId, sensorCode, condition, phase, reason } = event;
  return {
    kind: kindOf(event),
    title: `${sensorCode} ${(phase === "began" ? BEGAN : ENDED)[condition][0]}`,
    body: phase === "began" ? reason : "",
    link: `/sensors/${sensorId}`,
    dedupeKey: `alert:${alertId}:${phase}`,
  };
}

function groupLetter(group: readonly AlertEvent[], now: Date): Letter {
  const [first] = group;
  if (!first) throw new Error("A group has at least one event.");
  const codes = group.map(({ sensorCode }) => sensorCode).sort();
  const more = codes.length > CODES_IN_LETTER ? ` and ${codes.length - CODES_IN_LETTER} more` : "";
  const words = (first.phase === "began" ? BEGAN : ENDED)[first.condition][1];
  return {
    kind: kindOf(first),
    title: `${countOf(group.length, "sensor")} ${words}`,
    body: `${codes.slice(0, CODES_IN_LETTER).join(", ")}${more}`,
    link: `/sensors/alerts?condition=${first.condition}`,
    dedupeKey: `alerts:${first.condition}:${first.phase}:${now.toISOString()}`,
  };
}

/** Told once a day, however many letters it stands for. */
function limitLetter(now: Date): Letter {
  return {
    kind: "sensor_fault",
    title: "More sensor alerts than fit in a day",
    body: `You were told ${LETTERS_PER_DAY_MAX} times in 24 hours. The list of alerts has the others.`,
    link: "/sensors/alerts",
    dedupeKey: `alerts:limit:${now.toISOString().slice(0, 10)}`,
  };
}

function kindOf({ condition, phase }: AlertEvent): AlertLetterKind {
  return phase === "began" ? KIND[condition] : "sensor_alert_ended";
}
