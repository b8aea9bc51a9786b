import type { UploadLocks } from "#lib/uploads/engine/types";

const nameOf = (uploadId: string) => `fieldport-upload-${uploadId}`;

/** Web Locks end with their tab, however it ends. Without them (plain http) every tab believes it is alone. */
export const webLocks: UploadLocks = {
  async tryHold(uploadId, work) {
    if (!hasLocks()) return work();
    // The lock's own promise is typed loosely, so the result travels by a variable.
    let outcome: Awaited<ReturnType<typeof work>> | null = null;
    await navigator.locks.request(nameOf(uploadId), { ifAvailable: true }, async (lock) => {
      if (lock) outcome = await work();
    });
    return outcome;
  },
  async whenFree(uploadId, signal) {
    if (hasLocks()) await navigator.locks.request(nameOf(uploadId), { signal }, () => undefined);
  },
  async isHeld(uploadId) {
    if (!hasLocks()) return false;
    const { held = [] } = await navigator.locks.query();
    return held.some((lock) => lock.name === nameOf(uploadId));
  },
};

function hasLocks(): boolean {
  return "locks" in navigator;
}
