import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { CsvParser } from "#lib/tables/csv-parser";
import { LAYOUT, parseRecord } from "./parse-record.ts";
import { giveUpSilent, NEW_DRIVER, trackEpisodes, type DriverState, type Transition } from "./track-episodes.ts";

const SHARED = join(import.meta.dirname, "../../../../shared");
const DAYS = join(SHARED, "data/driving");
const REFERENCE = join(SHARED, "data/driving-reference");

function linesOf(path: string): string[][] {
  return new CsvParser({ delimiter: ",", quote: '"' }).push(gunzipSync(readFileSync(path)).toString("utf8"));
}

/** Every episode of all days in the order of arrival, as the reference writes them. */
function replay() {
  const states = new Map<string, DriverState>();
  const ended: { driver: string; transition: Transition }[] = [];
  let seq = 0;
  for (const name of readdirSync(DAYS)
    .filter((file) => file.endsWith(".gz"))
    .sort()) {
    for (const fields of linesOf(join(DAYS, name))) {
      const row = Object.fromEntries(LAYOUT.map((member, index) => [member, fields[index]]));
      const record = parseRecord(row, Date.UTC(2026, 0, 1));
      if ("member" in record) throw new Error(`${name}: ${record.member}: ${record.detail}`);
      const arrived = { ...record, seq: ++seq, isLate: false };
      const before = states.get(record.driverCode) ?? NEW_DRIVER;
      const { state, transitions } = trackEpisodes(before, arrived, { gapS: 60, idOf: (_kind, start) => `${start}` });
      states.set(record.driverCode, state);
      for (const transition of transitions) note(record.driverCode, transition);
    }
  }
  for (const [driver, state] of states) for (const last of giveUpSilent(state).transitions) note(driver, last);
  function note(driver: string, transition: Transition) {
    if (transition.what === "closed" || transition.what === "unclosed") ended.push({ driver, transition });
  }
  return { ended, recordCount: seq };
}

const replayed = existsSync(DAYS) ? replay() : { ended: [], recordCount: 0 };
const instant = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

describe.skipIf(!existsSync(DAYS))("seven real days (skipped without ../shared/data/driving)", () => {
  test("every episode is the reference's: start, end, duration, peak, records", () => {
    const { ended, recordCount } = replayed;
    expect(recordCount).toBe(274_034);
    const overspeed = ended.filter(({ transition }) => transition.episode.kind === "overspeed");
    expect(overspeed.filter(({ transition }) => transition.what === "closed")).toHaveLength(19_053);
    expect(overspeed.filter(({ transition }) => transition.what === "unclosed")).toHaveLength(11);

    const ours = overspeed.map(({ driver, transition: { what, episode, endAtMs, durationS, reportedS } }) =>
      [
        ...[driver, episode.plate, instant(episode.startAtMs)],
        ...(what === "closed" ? [instant(endAtMs), durationS, reportedS] : ["", "", ""]),
        ...[episode.peakSpeedKmh, what === "closed" ? episode.recordCount : ""],
        what,
      ].join(),
    );
    const [, ...rows] = linesOf(join(REFERENCE, "overspeed_episodes.csv.gz"));
    const theirs = rows.map(([driver, plate, start, end, duration, reported, peak, count, , , status]) => {
      const isClosed = status === "closed";
      const ending = isClosed ? [end, duration, reported] : ["", "", ""];
      return [driver, plate, start, ...ending, peak, isClosed ? count : "", isClosed ? "closed" : "unclosed"].join();
    });
    expect(ours.sort()).toEqual(theirs.sort());
  });

  test("every neutral slide ends", () => {
    const slides = replayed.ended.filter(({ transition }) => transition.episode.kind === "neutral-slide");
    expect(slides).toHaveLength(1877);
    expect(slides.every(({ transition }) => transition.durationS === transition.reportedS)).toBe(true);
  });
});
