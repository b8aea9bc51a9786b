import { describe, expect, it } from "vitest";
import { createFakeWorld, fakeFile, incoming, itemOf } from "./testing/fake-world.ts";

const MINUTE_MS = 60_000;

describe("a person's hand", () => {
  it("pauses in the middle, keeps what is sent and goes on with the rest", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    const engine = openTab();
    const [key = ""] = engine.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(1750);
    engine.pause(key);
    await clock.advance(0);
    expect(itemOf(engine, "a.csv")).toMatchObject({ state: "paused", pauseReason: "person", speedBytesPerS: null });
    await clock.advance(MINUTE_MS);
    const putsPaused = storage.puts.length;
    await clock.advance(60 * MINUTE_MS);
    expect(storage.puts.length).toBe(putsPaused);
    engine.resume(key);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
    expect(itemOf(engine, "a.csv").resentBytes).toBeLessThanOrEqual(500);
  });

  it("may pause and resume in the same breath", async () => {
    const { clock, openTab } = createFakeWorld();
    const engine = openTab();
    const [key = ""] = engine.add([incoming(fakeFile("a.csv", 20_000))]);
    for (const waitMs of [0, 75, 275, 625, 1000]) {
      await clock.advance(waitMs);
      engine.pause(key);
      engine.resume(key);
    }
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
  });

  it("gives the place of a paused file to the next one", async () => {
    const { clock, openTab } = createFakeWorld();
    const engine = openTab();
    const keys = engine.add([1, 2, 3, 4].map((no) => incoming(fakeFile(`${no}.csv`, 30_000, { seed: no }))));
    await clock.advance(500);
    expect(itemOf(engine, "4.csv").state).toBe("waiting");
    engine.pause(keys[0] ?? "");
    await clock.advance(500);
    expect(itemOf(engine, "4.csv").state).toBe("uploading");
    engine.resumeAll();
    await clock.advance(MINUTE_MS);
    expect(engine.getSnapshot().items.every((item) => item.state === "stored")).toBe(true);
  });

  it("cancels: storage is told, the store forgets, nothing more is sent", async () => {
    const { clock, storage, store, openTab } = createFakeWorld();
    const engine = openTab();
    const [key = ""] = engine.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(1750);
    engine.cancel(key);
    await clock.advance(0);
    const puts = storage.puts.length;
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("cancelled");
    expect(storage.uploads.get("upload-1")?.state).toBe("cancelled");
    expect([storage.puts.length, store.records.size]).toEqual([puts, 0]);
    engine.remove(key);
    await clock.advance(0);
    expect(engine.getSnapshot().items).toEqual([]);
  });

  it("pauses and cancels everything", async () => {
    const { clock, engine } = await withFiles(5);
    engine.pauseAll();
    await clock.advance(500);
    expect(engine.getSnapshot().totals).toMatchObject({ activeCount: 0, waitingCount: 0, pausedCount: 5 });
    engine.cancelAll();
    await clock.advance(500);
    expect(engine.getSnapshot().items.every((item) => item.state === "cancelled")).toBe(true);
  });
});

async function withFiles(count: number) {
  const world = createFakeWorld();
  const engine = world.openTab();
  engine.add(Array.from({ length: count }, (_, no) => incoming(fakeFile(`${no}.csv`, 30_000, { seed: no + 1 }))));
  await world.clock.advance(750);
  return { ...world, engine };
}

describe("order and bounds", () => {
  it("keeps to three files and six parts at a time, in the order they came", async () => {
    const { clock, storage, engine } = await withFiles(6);
    expect(engine.getSnapshot().items.map((item) => item.state)).toEqual([
      "uploading",
      "uploading",
      "uploading",
      "waiting",
      "waiting",
      "waiting",
    ]);
    await clock.advance(5 * MINUTE_MS);
    expect(storage.concurrentMax).toBeLessThanOrEqual(6);
    const firstPuts = [...new Set(storage.puts.map((put) => put.fileName))];
    expect(firstPuts).toEqual(["0.csv", "1.csv", "2.csv", "3.csv", "4.csv", "5.csv"]);
  });

  it("never shows progress going backwards, whatever happens", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ partNumber, attempt }) =>
      attempt === 1 && partNumber % 2 === 0 ? { status: partNumber % 4 ? 503 : 0, afterFraction: 0.9 } : null;
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 20_000))]);
    let shown = 0;
    engine.subscribe(() => {
      const { sentBytes } = itemOf(engine, "a.csv");
      expect(sentBytes).toBeGreaterThanOrEqual(shown);
      shown = sentBytes;
    });
    await clock.advance(5 * MINUTE_MS);
    expect(shown).toBe(20_000);
  });

  it("estimates speed and time left close to the truth, and none while nothing moves", async () => {
    const { clock, openTab } = createFakeWorld();
    const engine = openTab();
    const [key = ""] = engine.add([incoming(fakeFile("a.csv", 200_000))]);
    expect(engine.getSnapshot().totals.etaS).toBeNull();
    await clock.advance(6000);
    const before = itemOf(engine, "a.csv");
    await clock.advance(4000);
    const { speedBytesPerS, etaS, sentBytes } = itemOf(engine, "a.csv");
    const truthBytesPerS = (sentBytes - before.sentBytes) / 4;
    expect((speedBytesPerS ?? 0) / truthBytesPerS).toBeCloseTo(1, 0);
    expect((etaS ?? 0) / ((200_000 - sentBytes) / truthBytesPerS)).toBeCloseTo(1, 0);
    engine.pause(key);
    await clock.advance(5000);
    expect(engine.getSnapshot().totals).toMatchObject({ etaS: null, speedBytesPerS: null });
  });

  it("keeps the objects of rows that did not change", async () => {
    const { clock, engine } = await withFiles(4);
    const before = engine.getSnapshot();
    await clock.advance(2500);
    const after = engine.getSnapshot();
    expect(after).not.toBe(before);
    expect(after.items[0]).not.toBe(before.items[0]);
    expect(after.items[3]).toBe(before.items[3]);
  });
});
