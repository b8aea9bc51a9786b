import { z } from "zod";
import type { UploadRecord, UploadStore } from "#lib/uploads/engine/types";

const DATABASE = "fieldport-uploads";
const OBJECT_STORE = "uploads";
/** Rises with the shape of `UploadRecord`; older records are dropped, they only cost a resume. */
const VERSION = 1;

const uploadRecord: z.ZodType<UploadRecord> = z.object({
  uploadId: z.string(),
  scope: z.string(),
  fingerprint: z.object({
    name: z.string(),
    sizeBytes: z.number(),
    lastModifiedMs: z.number(),
    edgesSha256: z.string(),
  }),
  relativePath: z.string(),
  kind: z.string(),
  method: z.enum(["put", "multipart"]),
  partSizeBytes: z.number(),
  partCount: z.number(),
  doneParts: z.array(z.object({ partNumber: z.number(), etag: z.string(), checksumSha256: z.string() })),
  startedAtMs: z.number(),
  handle: z.custom<FileSystemFileHandle>((value) => value instanceof Object && "getFile" in value).optional(),
});

/** Unfinished uploads in IndexedDB, the one browser store that keeps file handles. Rejects where it is refused. */
export function openIndexedDbStore(): UploadStore {
  let opening: Promise<IDBDatabase> | null = null;
  const open = () => {
    opening ??= openDatabase().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    list: async () => {
      const stored = await settled<unknown[]>(await objectStore(open, "readonly"), (store) => store.getAll());
      return stored.flatMap((value) => uploadRecord.safeParse(value).data ?? []);
    },
    save: async (record) => {
      await settled(await objectStore(open, "readwrite"), (store) => store.put(record));
    },
    remove: async (uploadId) => {
      await settled(await objectStore(open, "readwrite"), (store) => store.delete(uploadId));
    },
  };
}

async function objectStore(open: () => Promise<IDBDatabase>, mode: IDBTransactionMode): Promise<IDBObjectStore> {
  // "relaxed": a part that is lost from the store on a power cut is found again by asking storage.
  return (await open()).transaction(OBJECT_STORE, mode, { durability: "relaxed" }).objectStore(OBJECT_STORE);
}

function settled<T>(store: IDBObjectStore, start: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = start(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused"));
  });
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      if (database.objectStoreNames.contains(OBJECT_STORE)) database.deleteObjectStore(OBJECT_STORE);
      database.createObjectStore(OBJECT_STORE, { keyPath: "uploadId" });
    };
    request.onsuccess = () => {
      // A newer version of the page in another tab must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused"));
    request.onblocked = () => reject(new Error("IndexedDB is blocked by another tab"));
  });
}
