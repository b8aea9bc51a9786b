import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Board } from "#lib/driving/board/board";
import { AlertList } from "./alert-list.tsx";
import { EventFeed } from "./event-feed.tsx";
import { LiveStatus } from "./live-status.tsx";
import { SpeedChart } from "./speed-chart.tsx";

const episode = { driver: "likun1000003", plate: "p", at: "2017-01-01 08:00:00" };
const record = (seq: number, at: string) => [seq, episode.driver, "p", at, 125, 32, 118, 90, 64, 0, null, null, null];

function busyBoard(): Board {
  const board = new Board();
  board.apply("overspeed-start", { ...episode, episodeId: "a", speedKmh: 125 }, 0);
  board.apply("overspeed-start", { ...episode, episodeId: "b", speedKmh: 121 }, 0);
  board.apply("overspeed-end", { ...episode, episodeId: "b", peakSpeedKmh: 130, durationS: 7 }, 0);
  const records = [
    record(1, "2017-01-01 08:00:00"),
    record(2, "2017-01-01 08:00:10"),
    record(3, "2017-01-01 08:03:00"),
  ];
  board.apply("records", { nowMs: 0, records }, 0);
  return board;
}
const nothing = () => undefined;

test("alerts say how many are over the limit and offer to acknowledge only to those who may", () => {
  const { alerts } = busyBoard().view();
  const html = renderToStaticMarkup(<AlertList alerts={alerts} mayJudge onSelect={nothing} />);
  expect(html).toContain("1 over the limit");
  expect(html).toContain("08:00:00 · 130 km/h · 7 s");
  expect(html.match(/Acknowledge/g)).toHaveLength(2);
  const quiet = renderToStaticMarkup(<AlertList alerts={[]} mayJudge={false} onSelect={nothing} />);
  expect(quiet).toContain("Nobody is over the limit");
});

test("the feed tells in sentences, newest first", () => {
  const html = renderToStaticMarkup(<EventFeed lines={busyBoard().view().feed} onSelect={nothing} />);
  expect(html.indexOf("shows fatigue")).toBeLessThan(html.indexOf("is over the limit, 125 km/h"));
});

test("a gap breaks the line of speed", () => {
  const html = renderToStaticMarkup(<SpeedChart driver={episode.driver} track={busyBoard().trackOf(episode.driver)} />);
  expect(html.match(/<polyline/g)).toHaveLength(2);
  expect(html).toContain("until 08:03:00");
});

test("a broken connection is said in words, and there is no countdown without one", () => {
  const view = { ...busyBoard().view(), nextFrameAtMs: Date.now() + 20_000 };
  expect(renderToStaticMarkup(<LiveStatus connection="offline" view={view} />)).toContain("Disconnected, trying again");
  expect(renderToStaticMarkup(<LiveStatus connection="offline" view={view} />)).toContain("Next frame –");
  expect(renderToStaticMarkup(<LiveStatus connection="live" view={view} />)).toMatch(/Next frame in (19|20) s/);
});
