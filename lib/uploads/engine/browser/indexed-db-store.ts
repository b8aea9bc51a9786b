import type { UploadRecord, UploadStore } from "#lib/uploads/engine/types";

const DATABASE = "fieldport-uploads";
const OBJECT_STORE = "uploads";
/** Rises with the shape of `UploadRecord`; older records are dropped, they only cost a resume. */
const VERSION = 1;

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
    list: async () => settled<UploadRecord[]>(await objectStore(open, "readonly"), (store) => store.getAll()),
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
