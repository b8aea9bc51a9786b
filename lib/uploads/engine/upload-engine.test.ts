import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TransferFailure } from "./failure.ts";
import { createFakeWorld, fakeFile, incoming, itemOf } from "./testing/fake-world.ts";

const rejections: unknown[] = [];
const note = (reason: unknown) => void rejections.push(reason);
beforeEach(() => void process.on("unhandledRejection", note));
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(rejections.splice(0)).toEqual([]);
});

const MINUTE_MS = 60_000;

describe("a file on its way", () => {
  it("arrives byte for byte and leaves nothing behind in the store", async () => {
    const { clock, storage, store, openTab } = createFakeWorld();
    const engine = openTab();
    const file = fakeFile("a.csv", 10_500);
    engine.add([incoming(file)]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv")).toMatchObject({
      state: "stored",
      partsDone: 11,
      resentBytes: 0,
      wireBytes: 10_500,
    });
    expect(storage.objectOf("a.csv")).toEqual(Buffer.from(await file.slice(0, file.size).arrayBuffer()));
    expect(store.records.size).toBe(0);
  });

  it("goes in one PUT when it is small", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.singlePutMaxBytes = 20_000;
    openTab().add([incoming(fakeFile("small.csv", 15_000)), incoming(fakeFile("empty.csv", 0))]);
    await clock.advance(MINUTE_MS);
    expect(storage.puts.map((put) => put.fileName).toSorted()).toEqual(["empty.csv", "small.csv"]);
    expect(storage.objectOf("small.csv")?.length).toBe(15_000);
    expect(storage.objectOf("empty.csv")?.length).toBe(0);
  });

  it("is not sent when storage knows its content", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    const engine = openTab();
    engine.add([incoming(fakeFile("first.csv", 3000, { seed: 7 }))]);
    await clock.advance(MINUTE_MS);
    const putsBefore = storage.puts.length;
    engine.add([incoming(fakeFile("copy.csv", 3000, { seed: 7 }))]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "copy.csv")).toMatchObject({
      state: "stored",
      duplicateOf: { fileName: "first.csv" },
      uploadId: "upload-2",
    });
    expect(storage.puts.length).toBe(putsBefore);
  });

  it("joins the queue once, however often it is dropped", () => {
    const { openTab } = createFakeWorld();
    const engine = openTab();
    const file = fakeFile("a.csv", 5000);
    expect(engine.add([incoming(file), incoming(file)])).toEqual(["file-1", "file-1"]);
    expect(engine.add([incoming(file)])).toEqual(["file-1"]);
  });
});

describe("a part that fails", () => {
  it("is sent again alone after a server error", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ partNumber, attempt }) => (partNumber === 3 && attempt <= 2 ? { status: 503 } : null);
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 6000))]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
    expect(storage.puts.filter((put) => put.partNumber === 3)).toHaveLength(3);
    expect(storage.puts.filter((put) => put.partNumber !== 3)).toHaveLength(5);
    expect(itemOf(engine, "a.csv").resentBytes).toBe(2000);
  });

  it("waits as long as Retry-After says", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ attempt }) => (attempt === 1 ? { status: 429, retryAfterMs: 20_000 } : null);
    openTab().add([incoming(fakeFile("a.csv", 900))]);
    await clock.advance(MINUTE_MS);
    const [first, second] = storage.puts;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  it("ends its file after a bounded number of server errors, and Retry goes on from there", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ partNumber }) => (partNumber === 5 ? { status: 500 } : null);
    const engine = openTab();
    const [key = ""] = engine.add([incoming(fakeFile("a.csv", 6000))]);
    await clock.advance(10 * MINUTE_MS);
    expect(itemOf(engine, "a.csv")).toMatchObject({ state: "failed", failure: { status: 500 } });
    const kept = itemOf(engine, "a.csv").partsDone;
    storage.mishap = () => null;
    const putsBefore = storage.puts.length;
    engine.retry(key);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
    expect(storage.puts.length - putsBefore).toBe(6 - kept);
  });

  it("is signed again when its address has expired", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ partNumber, attempt }) =>
      partNumber === 2 && attempt === 1 ? { status: 403, code: "AccessDenied", afterFraction: 0.1 } : null;
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 4000))]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
    const attempts = storage.puts.filter((put) => put.partNumber === 2);
    expect(attempts).toHaveLength(2);
    expect(attempts[1]?.url).not.toBe(attempts[0]?.url);
  });

  it("gives up when storage refuses every new signature", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = () => ({ status: 403 });
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 900))]);
    await clock.advance(10 * MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("failed");
    expect(storage.puts.length).toBeLessThan(6);
  });

  it("is not sent again when only the answer was lost", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ partNumber, attempt }) =>
      partNumber === 2 && attempt === 1 ? { status: 0, isKept: true } : null;
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 4000))]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv")).toMatchObject({ state: "stored", resentBytes: 0 });
    expect(storage.puts).toHaveLength(4);
  });

  it("is given up and sent again when its connection stands still", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ partNumber, attempt }) =>
      partNumber === 1 && attempt === 1 ? { status: 0, isStalled: true } : null;
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 2000))]);
    await clock.advance(3 * MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
  });

  it("is hashed anew when storage calls its bytes damaged", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ attempt }) => (attempt === 1 ? { status: 400, code: "BadDigest" } : null);
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 900))]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
    expect(storage.callsTo("sign")).toBe(2);
  });

  it("starts the file over when storage has forgotten the upload", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ uploadId, partNumber }) =>
      uploadId === "upload-1" && partNumber === 2 ? { status: 404, code: "NoSuchUpload" } : null;
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 4000))]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv")).toMatchObject({ state: "stored", uploadId: "upload-2" });
  });

  it("completes without visible ETags by asking storage for them", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.hidesTags = true;
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 4000))]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
  });
});

describe("a file that cannot succeed", () => {
  it("ends with the server's sentence and lets the others pass", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    const refusal = { status: 413, code: "too_large", detail: "bad.csv has 60 GB, the limit is 50 GB." };
    const { create } = storage.api;
    storage.api.create = (request, signal) =>
      request.fileName === "bad.csv" ? Promise.reject(new TransferFailure(refusal)) : create(request, signal);
    const engine = openTab();
    const names = ["a.csv", "bad.csv", "b.csv", "c.csv", "d.csv"];
    engine.add(names.map((name, index) => incoming(fakeFile(name, 4000, { seed: index + 1 }))));
    await clock.advance(5 * MINUTE_MS);
    expect(engine.getSnapshot().items.map((item) => item.state)).toEqual([
      "stored",
      "failed",
      "stored",
      "stored",
      "stored",
    ]);
    expect(itemOf(engine, "bad.csv").failure).toMatchObject(refusal);
  });

  it("says so when the file changed on disk", async () => {
    const { clock, openTab } = createFakeWorld();
    const engine = openTab();
    const slice = () => ({ size: 1, arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")) });
    engine.add([incoming({ ...fakeFile("moved.csv", 4000), slice })]);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "moved.csv").failure?.detail).toBe(
      "moved.csv changed or moved while it was being sent. Choose it again.",
    );
  });

  it("is reported as rejected when the check after sending refuses it", async () => {
    const { clock, storage, store, openTab } = createFakeWorld();
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 2000))]);
    await clock.advance(250);
    for (const upload of storage.uploads.values()) upload.reason = "Excel workbook. Save the sheet as CSV.";
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv")).toMatchObject({
      state: "failed",
      failure: { code: "rejected", detail: "Excel workbook. Save the sheet as CSV." },
    });
    expect(store.records.size).toBe(0);
  });
});

describe("the network", () => {
  it("pauses by itself while offline and goes on by itself", async () => {
    const { clock, storage, online, openTab } = createFakeWorld();
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(1750);
    storage.isReachable = false;
    online.set(false);
    await clock.advance(30 * MINUTE_MS);
    expect(itemOf(engine, "a.csv")).toMatchObject({ state: "paused", pauseReason: "offline" });
    const putsOffline = storage.puts.length;
    await clock.advance(MINUTE_MS);
    expect(storage.puts.length).toBe(putsOffline);
    storage.isReachable = true;
    online.set(true);
    await clock.advance(MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
  });

  it("is tried for as long as it takes when the browser does not notice the loss", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(1750);
    storage.isReachable = false;
    await clock.advance(60 * MINUTE_MS);
    expect(itemOf(engine, "a.csv")).toMatchObject({ state: "paused", pauseReason: "offline" });
    storage.isReachable = true;
    await clock.advance(2 * MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
  });

  it("survives a night of sleep in the middle of a file", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    storage.mishap = ({ partNumber, attempt }) =>
      partNumber === 4 && attempt === 1 ? { status: 0, isStalled: true } : null;
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 20_000))]);
    await clock.advance(1750);
    await clock.sleep(8 * 60 * MINUTE_MS);
    await clock.advance(2 * MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
    expect(itemOf(engine, "a.csv").resentBytes).toBeLessThanOrEqual(1000);
  });

  it("costs no file when the API is away for a while", async () => {
    const { clock, storage, openTab } = createFakeWorld();
    const busy = new TransferFailure({ status: 503, code: "unavailable", detail: "later" });
    storage.apiMishap = (_name, callNo) => (callNo <= 2 ? busy : null);
    const engine = openTab();
    engine.add([incoming(fakeFile("a.csv", 3000))]);
    await clock.advance(5 * MINUTE_MS);
    expect(itemOf(engine, "a.csv").state).toBe("stored");
  });
});
