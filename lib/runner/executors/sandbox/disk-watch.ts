import { folderSizeBytes } from "./folder-size.ts";

const LOOK_EVERY_MS = 1_000;
/** Between two looks at a folder with very many files: this many times as long as the last look took. */
const REST_FACTOR = 4;

export interface DiskWatch {
  /** Looks once more and answers the most that was seen, bytes; null when there were too many files to count. */
  end: () => Promise<number | null>;
}

/** Looks at what a folder holds about once a second. What came and went between two looks is not seen. */
export function watchDisk(
  folder: string,
  { limitBytes, onLimit }: { limitBytes: number; onLimit: () => void },
): DiskWatch {
  let peakBytes: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const look = async () => {
    const startedMs = performance.now();
    const bytes = await folderSizeBytes(folder);
    if (Number.isFinite(bytes)) peakBytes = Math.max(peakBytes ?? 0, bytes);
    if (bytes > limitBytes && !hasEnded) onLimit();
    return performance.now() - startedMs;
  };
  const lookLater = (ms: number) => {
    timer = setTimeout(() => {
      looking = look().then((tookMs) => {
        if (!hasEnded) lookLater(Math.max(LOOK_EVERY_MS, REST_FACTOR * tookMs));
      });
    }, ms);
  };
  let looking: Promise<void> = Promise.resolve();
  lookLater(LOOK_EVERY_MS);
  return {
    end: async () => {
      hasEnded = true;
      clearTimeout(timer);
      await looking;
      await look();
      return peakBytes;
    },
  };
}
