import { describe, expect, test } from "vitest";
import { FLAG } from "./record.ts";
import { giveUpSilent, NEW_DRIVER, trackEpisodes, type ArrivedRecord, type DriverState } from "./track-episodes.ts";

const options = { gapS: 60, idOf: (kind: string, startSeq: number) => `${kind} ${startSeq}` };
const BASE: ArrivedRecord = {
  driverCode: "d",
  plate: "p",
  latitude: 30,
  longitude: 110,
  speedKmh: 125,
  directionDeg: 90,
  siteName: null,
  recordedAtMs: 0,
  flags: 0,
  neutralSlideS: NaN,
  overspeedS: NaN,
  producerSeq: null,
  seq: 0,
  isLate: false,
};

/** What each record, [second, flags, speed], made of the episodes. */
function play(records: [number, number, number?][], from: DriverState = NEW_DRIVER) {
  let state = from;
  const seen: string[] = [];
  for (const [index, [second, flags, speedKmh = 125]] of records.entries()) {
    const record = { ...BASE, recordedAtMs: second * 1000, flags, speedKmh, seq: index + 1 };
    const step = trackEpisodes(state, record, options);
    state = step.state;
    seen.push(...step.transitions.map(({ what, episode }) => `${what} ${episode.id}`));
  }
  return { state, seen };
}

describe("trackEpisodes", () => {
  test("start, end, duration and peak", () => {
    const { state } = play([
      [0, FLAG.overspeed, 121],
      [10, 0, 149],
    ]);
    const end = { ...BASE, recordedAtMs: 12_000, flags: FLAG.overspeedEnd, overspeedS: 12, speedKmh: 120, seq: 3 };
    const { transitions } = trackEpisodes(state, end, options);
    expect(transitions.at(-1)).toMatchObject({ what: "closed", durationS: 12, reportedS: 12, endSeq: 3 });
    expect(transitions.at(-1)?.episode).toMatchObject({ startAtMs: 0, peakSpeedKmh: 149, recordCount: 3 });
  });

  test("an end comes before a start on the same record, and all of it may share one second", () => {
    expect(
      play([
        [5, FLAG.overspeed],
        [5, FLAG.overspeedEnd | FLAG.overspeed],
        [5, FLAG.overspeedEnd],
      ]).seen,
    ).toEqual([
      "started overspeed 1",
      "continued overspeed 1",
      "closed overspeed 1",
      "started overspeed 2",
      "continued overspeed 2",
      "closed overspeed 2",
    ]);
  });

  test("kinds run by themselves", () => {
    expect(
      play([
        [0, FLAG.neutralSlide | FLAG.overspeed, 5],
        [3, FLAG.neutralSlideEnd],
      ]).seen,
    ).toEqual([
      "started overspeed 1",
      "started neutral-slide 1",
      "continued overspeed 1",
      "continued neutral-slide 1",
      "closed neutral-slide 1",
    ]);
  });

  test("a gap of 60 s is none, one of more leaves the episode unclosed and its end says nothing", () => {
    expect(
      play([
        [0, FLAG.overspeed],
        [60, FLAG.overspeedEnd],
      ]).seen.at(-1),
    ).toBe("closed overspeed 1");
    const { seen, state } = play([
      [0, FLAG.overspeed],
      [60.001, FLAG.overspeedEnd],
    ]);
    expect(seen).toEqual(["started overspeed 1", "unclosed overspeed 1"]);
    expect(state.open).toEqual(NEW_DRIVER.open);
  });

  test("a second start leaves the first unclosed", () => {
    const starts: [number, number][] = [
      [0, FLAG.overspeed],
      [1, FLAG.overspeed],
    ];
    expect(play(starts).seen.slice(1)).toEqual([
      "continued overspeed 1",
      "unclosed overspeed 1",
      "started overspeed 2",
    ]);
  });

  test("a silence is taken back by a record within the gap", () => {
    const silent = giveUpSilent(play([[0, FLAG.overspeed]]).state);
    expect(silent.transitions.map(({ what }) => what)).toEqual(["unclosed"]);
    expect(giveUpSilent(silent.state).transitions).toEqual([]);
    expect(play([[30, FLAG.overspeedEnd]], silent.state).seen).toEqual(["resumed overspeed 1", "closed overspeed 1"]);
    expect(play([[90, 0]], silent.state)).toMatchObject({ seen: [], state: { open: NEW_DRIVER.open } });
  });
});
