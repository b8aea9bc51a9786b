import { formatAge } from "#lib/format/ages";
import { countOf, joinList } from "#lib/format/lists";
import type { SensorFinding } from "./schema.ts";

/** A sensor as far as its place on the map depends on it. */
export interface KnownSensor {
  id: string;
  code: string;
  latitude: number | null;
  longitude: number | null;
  lastObservedAt: Date | null;
  state: string;
  reason: string;
}

/** What is known about files that could hold the sensor. */
export interface FileFacts {
  rejectedCount: number;
  newestRejected: { id: string; fileName: string; reason: string } | null;
  /** Files not yet checked or cleaned. */
  waitingCount: number;
}

interface Facts {
  asked: string;
  sensor: KnownSensor | null;
  similarCodes: readonly string[];
  files: FileFacts;
  now: Date;
}

/** Why a sensor is, or is not, on the map: one finding per thing it depends on, each with what to do. */
export function explainSensor({ asked, sensor, similarCodes, files, now }: Facts): SensorFinding[] {
  if (sensor === null) return [unknownFinding(asked, similarCodes), filesFinding(files)];
  return [
    {
      check: "registered",
      verdict: "good",
      title: `${sensor.code} is registered`,
      detail: "",
      action: { label: "Open the sensor", href: `/sensors/${sensor.id}` },
    },
    positionFinding(sensor),
    readingsFinding(sensor, now),
    ...(sensor.lastObservedAt === null ? [filesFinding(files)] : [stateFinding(sensor)]),
  ];
}

function unknownFinding(asked: string, similarCodes: readonly string[]): SensorFinding {
  const similar = similarCodes.length > 0 ? ` Similar ids: ${joinList(similarCodes)}.` : "";
  return {
    check: "registered",
    verdict: "fault",
    title: `No sensor of this workspace has the id ${asked}`,
    detail: `A sensor appears once a station list or a file of readings that names it has been cleaned.${similar}`,
    action: { label: "Upload a station list", href: "/uploads" },
  };
}

function filesFinding({ rejectedCount, newestRejected, waitingCount }: FileFacts): SensorFinding {
  if (newestRejected) {
    return {
      check: "files",
      verdict: "fault",
      title: `${countOf(rejectedCount, "file was", "files were")} rejected in the last 30 days`,
      detail: `The newest, ${newestRejected.fileName}: ${newestRejected.reason}`,
      action: { label: "Open the uploads", href: "/uploads" },
    };
  }
  if (waitingCount > 0) {
    return {
      check: "files",
      verdict: "suspect",
      title: `${countOf(waitingCount, "file is", "files are")} still being checked or cleaned`,
      detail: "Look again when they are done.",
      action: { label: "Open the uploads", href: "/uploads" },
    };
  }
  const title = "No file was rejected in the last 30 days, and none is waiting";
  return { check: "files", verdict: "good", title, detail: "", action: null };
}

function positionFinding({ id, code, latitude, longitude }: KnownSensor): SensorFinding {
  if (latitude !== null && longitude !== null) {
    return {
      check: "position",
      verdict: "good",
      title: `It has a position: ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
      detail: "A filter of the map can still hide it; this link has none.",
      action: { label: "Show it on the map", href: `/sensors?sensor=${id}` },
    };
  }
  return {
    check: "position",
    verdict: "fault",
    title: "It has no position",
    detail: `No station list gave ${code} a latitude and longitude, or gave ones that cannot be (outside the earth, or 0, 0). The quality report of the list names such rows.`,
    action: { label: "Upload a station list", href: "/uploads" },
  };
}

function readingsFinding({ lastObservedAt, id }: KnownSensor, now: Date): SensorFinding {
  if (lastObservedAt !== null) {
    const title = `Its last reading is ${formatAge(lastObservedAt, now.getTime())} old`;
    const action = { label: "Open its readings", href: `/sensors/${id}` };
    return { check: "readings", verdict: "good", title, detail: "", action };
  }
  return {
    check: "readings",
    verdict: "suspect",
    title: "It has never sent a reading",
    detail: "On the map it is drawn as silent. Readings come from files or from the device itself.",
    action: { label: "Upload readings", href: "/uploads" },
  };
}

function stateFinding({ state, reason, id }: KnownSensor): SensorFinding {
  const common = { check: "state" as const, detail: reason };
  const action = { label: "See why", href: `/sensors/${id}` };
  if (state === "silent") {
    const title = "It is silent: newer readings are overdue";
    return { ...common, verdict: "suspect", title, detail: "Look at its power and its connection.", action };
  }
  if (state === "fault") return { ...common, verdict: "suspect", title: "It reports, and has a fault", action };
  if (state === "suspect")
    return { ...common, verdict: "suspect", title: "It reports; its readings are doubted", action };
  return { ...common, verdict: "good", title: "It reports and measures well", detail: "", action: null };
}
