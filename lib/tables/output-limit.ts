import { AppError } from "#lib/errors";

export interface DecompressLimits {
  /** Unpacked bytes of the whole upload. */
  outputBytesMax: number;
  /** Unpacked by packed bytes; looked at only beyond `ratioFromBytes`, because small regular tables pack very well. */
  ratioMax: number;
  ratioFromBytes: number;
}

/** Logger tables of constant values reach about 150; a bomb is near deflate's 1032. */
export const DEFAULT_LIMITS: DecompressLimits = {
  outputBytesMax: 64 * 1024 ** 3,
  ratioMax: 400,
  ratioFromBytes: 64 * 1024 ** 2,
};

/** Counts what an archive unpacks to and stops it when that is more than its size can honestly hold. */
export class OutputLimit {
  readonly #limits: DecompressLimits;
  #outputBytes = 0;

  constructor(limits: Partial<DecompressLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** @throws AppError `too_large` past the total, `unprocessable` past the ratio. */
  add(outputBytes: number, inputBytesSoFar: number): void {
    this.#outputBytes += outputBytes;
    this.check(this.#outputBytes, inputBytesSoFar);
  }

  check(outputBytes: number, inputBytes: number): void {
    const { outputBytesMax, ratioMax, ratioFromBytes } = this.#limits;
    if (outputBytes > outputBytesMax) {
      throw new AppError("too_large", `The file unpacks to more than ${formatSize(outputBytesMax)}.`);
    }
    if (outputBytes > ratioFromBytes && outputBytes > ratioMax * Math.max(1, inputBytes)) {
      throw new AppError(
        "unprocessable",
        `The file unpacks to more than ${ratioMax} times its size, which no table does.`,
      );
    }
  }
}

function formatSize(sizeBytes: number): string {
  return sizeBytes >= 1024 ** 3
    ? `${Math.round(sizeBytes / 1024 ** 3)} GiB`
    : `${Math.round(sizeBytes / 1024 ** 2)} MiB`;
}
