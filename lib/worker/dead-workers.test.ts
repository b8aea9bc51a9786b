import { expect, test } from "vitest";
import { selectDead } from "./dead-workers.ts";

const here = { host: "here", isRunning: (pid: number) => pid === 1 };
const worker = (silentS: number, host: string, pid: number) => ({
  id: `${host}-${pid}`,
  host,
  pid,
  queueIds: [],
  silentS,
});

test("a worker of this host whose process is gone is dead after two missed beats", () => {
  expect(selectDead([worker(12, "here", 7)], here)).toHaveLength(1);
  expect(selectDead([worker(8, "here", 7)], here)).toEqual([]);
});

test("a silent worker that still runs, or runs elsewhere, gets half a minute", () => {
  const silent = [worker(20, "here", 1), worker(20, "there", 7)];
  expect(selectDead(silent, here)).toEqual([]);
  expect(
    selectDead(
      silent.map((one) => ({ ...one, silentS: 31 })),
      here,
    ),
  ).toHaveLength(2);
});
