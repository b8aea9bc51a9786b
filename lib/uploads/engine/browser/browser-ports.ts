import type { Clock, UploadPorts } from "#lib/uploads/engine/types";
import { digestSha256 } from "./digest-sha256.ts";
import { openIndexedDbStore } from "./indexed-db-store.ts";
import { createOnlineSignal } from "./online-signal.ts";
import { restApi } from "./rest-api.ts";
import { webLocks } from "./web-locks.ts";
import { xhrPut } from "./xhr-put.ts";

const browserClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What the engine needs, as a browser gives it. */
export function createBrowserPorts(): UploadPorts {
  return {
    api: restApi,
    put: xhrPut,
    store: openIndexedDbStore(),
    locks: webLocks,
    clock: browserClock,
    online: createOnlineSignal(),
    hash: digestSha256,
    random: Math.random,
  };
}
