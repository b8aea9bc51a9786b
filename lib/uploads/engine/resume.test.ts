import { describe, expect, it } from "vitest";
import { createFakeWorld, fakeFile, incoming } from "./testing/fake-world.ts";

const MINUTE_MS = 60_000;

describe("after a reload or a closed tab", () => {
  it("lists the unfinished file and sends only the missing parts when it is chosen again", async () => {
    const { clock, storage, openTab, crash } = createFakeWorld();
    const file = fakeFile("a.csv", 20_000);
    const first = openTab();
    first.add([incoming(file, "folder/a.csv")]);
    await clock.advance(2625);
    await crash(first);
    await clock.advance(2500);
    const second = openTab();
    await clock.advance(0);
    expect(second.getSnapshot().unfinished).toMatchObject([{ fileName: "a.csv", sizeBytes: 20_000, canReopen: false }]);
    const kept = storage.uploads.get("upload-1")?.parts.size ?? 0;
    expect(kept).toBeGreaterThan(5);
    const putsBefore = storage.puts.length;
    second.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(MINUTE_MS);
    expect(second.getSnapshot().items[0]).toMatchObject({ state: "stored", uploadId: "upload-1" });
    expect(storage.puts.length - putsBefore).toBe(20 - kept);
    expect(second.getSnapshot().unfinished).toEqual([]);
  });

  it("resends less than 2 % of a large file over three interruptions", async () => {
    const { clock, storage, openTab, crash } = createFakeWorld();
    const sizeBytes = 200_000;
    let engine = openTab();
    for (const untilMs of [7_830, 19_440, 12_600]) {
      engine.add([incoming(fakeFile("big.csv", sizeBytes))]);
      await clock.advance(untilMs);
      await crash(engine);
      await clock.advance(1250);
      engine = openTab();
    }
    engine.add([incoming(fakeFile("big.csv", sizeBytes))]);
    await clock.advance(5 * MINUTE_MS);
    expect(engine.getSnapshot().items[0]?.state).toBe("stored");
    expect(storage.receivedBytes).toBeLessThan(sizeBytes * 1.02);
    const finished = new Set(storage.puts.map((put) => put.partNumber));
    expect(finished.size).toBe(200);
  });

  it("takes a changed file for a new one", async () => {
    const { clock, openTab, crash } = createFakeWorld();
    const first = openTab();
    first.add([incoming(fakeFile("a.csv", 20_000, { seed: 1 }))]);
    await clock.advance(2625);
    await crash(first);
    const second = openTab();
    second.add([incoming(fakeFile("a.csv", 20_000, { seed: 2 }))]);
    await clock.advance(MINUTE_MS);
    expect(second.getSnapshot().items[0]).toMatchObject({ state: "stored", uploadId: "upload-2" });
    expect(second.getSnapshot().unfinished).toHaveLength(1);
  });

  it("hashes but does not resend a part that arrived without being written down", async () => {
    const { clock, storage, store, openTab, crash } = createFakeWorld();
    const first = openTab();
    first.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(2625);
    await crash(first);
    const record = store.records.get("upload-1");
    const kept = storage.uploads.get("upload-1")?.parts.size ?? 0;
    record?.doneParts.splice(0, 3);
    const putsBefore = storage.puts.length;
    const second = openTab();
    second.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(MINUTE_MS);
    expect(second.getSnapshot().items[0]?.state).toBe("stored");
    expect(storage.puts.length - putsBefore).toBe(20 - kept);
  });

  it("forgets what ended meanwhile or belongs to another account", async () => {
    const { clock, storage, store, openTab, crash } = createFakeWorld();
    const first = openTab();
    first.add([incoming(fakeFile("a.csv", 20_000)), incoming(fakeFile("b.csv", 20_001))]);
    await clock.advance(2625);
    await crash(first);
    const [a, b] = [...storage.uploads.values()];
    if (a) a.state = "stored";
    const other = store.records.get(b?.id ?? "");
    if (other) other.scope = "w:someone-else";
    const second = openTab();
    await clock.advance(0);
    expect(second.getSnapshot().unfinished).toEqual([]);
    expect([...store.records.keys()]).toEqual([b?.id]);
  });

  it("gives an unfinished upload up on request", async () => {
    const { clock, storage, store, openTab, crash } = createFakeWorld();
    const first = openTab();
    first.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(2625);
    await crash(first);
    const second = openTab();
    await clock.advance(0);
    await second.forgetUnfinished("upload-1");
    expect(storage.uploads.get("upload-1")?.state).toBe("cancelled");
    expect([store.records.size, second.getSnapshot().unfinished.length]).toEqual([0, 0]);
  });
});

describe("two tabs", () => {
  it("never drive the same upload twice; the second takes over when the first closes", async () => {
    const { clock, storage, openTab, crash } = createFakeWorld();
    const first = openTab();
    first.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(2625);
    const second = openTab();
    second.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(250);
    expect(second.getSnapshot().items[0]).toMatchObject({ state: "paused", pauseReason: "other_tab" });
    expect(storage.uploads.size).toBe(1);
    await crash(first);
    await clock.advance(MINUTE_MS);
    expect(second.getSnapshot().items[0]?.state).toBe("stored");
    const counts = Map.groupBy(storage.puts, (put) => put.partNumber);
    const twice = [...counts.values()].filter((puts) => puts.length > 1);
    expect(twice.length).toBeLessThanOrEqual(2);
  });

  it("both end well when the first one finishes", async () => {
    const { clock, openTab } = createFakeWorld();
    const first = openTab();
    first.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(1250);
    const second = openTab();
    second.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(MINUTE_MS);
    expect(first.getSnapshot().items[0]?.state).toBe("stored");
    expect(second.getSnapshot().items[0]?.state).toBe("stored");
  });
});
