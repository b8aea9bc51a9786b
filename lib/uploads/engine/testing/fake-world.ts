import type {
  FileSource,
  IncomingFile,
  OnlineSignal,
  UploadItem,
  UploadLocks,
  UploadPorts,
  UploadRecord,
  UploadStore,
} from "#lib/uploads/engine/types";
import { UploadEngine } from "#lib/uploads/engine/upload-engine";
import { FakeClock } from "./fake-clock.ts";
import { FakeStorage, sha256 } from "./fake-storage.ts";

class FakeOnline implements OnlineSignal {
  #isOnline = true;
  readonly #listeners = new Set<() => void>();

  isOnline(): boolean {
    return this.#isOnline;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  set(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const listener of [...this.#listeners]) listener();
  }
}

class FakeStore implements UploadStore {
  readonly records = new Map<string, UploadRecord>();

  async list(): Promise<UploadRecord[]> {
    return structuredClone([...this.records.values()]);
  }

  async save(record: UploadRecord): Promise<void> {
    this.records.set(record.uploadId, structuredClone(record));
  }

  async remove(uploadId: string): Promise<void> {
    this.records.delete(uploadId);
  }
}

/** Locks shared by all tabs of one fake browser. */
class FakeLocks implements UploadLocks {
  readonly held = new Set<string>();
  readonly #waiting: { uploadId: string; resolve: () => void }[] = [];

  async tryHold<T>(uploadId: string, work: () => Promise<T>): Promise<T | null> {
    if (this.held.has(uploadId)) return null;
    this.held.add(uploadId);
    try {
      return await work();
    } finally {
      this.release(uploadId);
    }
  }

  release(uploadId: string): void {
    this.held.delete(uploadId);
    for (const waiter of this.#waiting) if (waiter.uploadId === uploadId) waiter.resolve();
  }

  whenFree(uploadId: string): Promise<void> {
    if (!this.held.has(uploadId)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ uploadId, resolve }));
  }

  async isHeld(uploadId: string): Promise<boolean> {
    return this.held.has(uploadId);
  }
}

/** A file whose bytes follow from seed and position, so that misplaced parts show. */
export function fakeFile(name: string, sizeBytes: number, options: { seed?: number } = {}): FileSource {
  const bytes = new Uint8Array(sizeBytes);
  let state = options.seed ?? name.length + sizeBytes;
  for (let at = 0; at < sizeBytes; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return {
    name,
    size: sizeBytes,
    lastModified: 1_700_000_000_000,
    type: "text/csv",
    slice: (startByte, endByte) => ({
      size: endByte - startByte,
      arrayBuffer: () => Promise.resolve(bytes.slice(startByte, endByte).buffer),
    }),
  };
}

export function incoming(file: FileSource, relativePath = ""): IncomingFile {
  return { file, relativePath, kind: "auto" };
}

/** One browser, one server and the time between them. `openTab` starts a new page life on the same store. */
export function createFakeWorld() {
  const clock = new FakeClock();
  const storage = new FakeStorage(clock);
  const online = new FakeOnline();
  const store = new FakeStore();
  const locks = new FakeLocks();
  const ports: UploadPorts = {
    api: storage.api,
    put: storage.put,
    store,
    locks,
    clock,
    online,
    hash: async (bytes) => {
      const digest = sha256(bytes);
      return Uint8Array.from(digest).buffer;
    },
    random: () => 0.5,
  };
  const openTab = (overrides: Partial<UploadPorts> = {}) => {
    const engine = new UploadEngine({ ...ports, ...overrides }, { scope: "w:u" });
    void engine.start();
    return engine;
  };
  /** What a crash leaves: the tab's requests die, its locks fall, the store stays. */
  const crash = async (engine: UploadEngine) => {
    engine.dispose();
    await clock.advance(0);
  };
  return { clock, storage, online, store, locks, ports, openTab, crash };
}

export function itemOf(engine: UploadEngine, fileName: string): UploadItem {
  const item = engine.getSnapshot().items.find((candidate) => candidate.fileName === fileName);
  if (!item) throw new Error(`${fileName} is not in the queue`);
  return item;
}
