const NEWLINE = 10;
/** One place is kept for about as much text: it is what a window of lines reads at least. */
const STEP_BYTES = 64 * 1024;

export interface LinePlace {
  byte: number;
  /** Number, from 0, of the line that begins there. */
  line: number;
}

export interface LineIndex {
  /** Beginnings of lines, ascending, the first one 0. */
  places: LinePlace[];
  lineCount: number;
  sizeBytes: number;
}

/** Notes where lines begin while a text passes by: some places, not all, so that it stays small. */
export class LineIndexer {
  readonly #places: LinePlace[] = [{ byte: 0, line: 0 }];
  #lines = 0;
  #bytes = 0;
  #endsWithNewline = true;

  push(chunk: Uint8Array): void {
    let next = (this.#places.at(-1)?.byte ?? 0) + STEP_BYTES;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
      this.#lines += 1;
      const byte = this.#bytes + at + 1;
      if (byte < next) continue;
      this.#places.push({ byte, line: this.#lines });
      next = byte + STEP_BYTES;
    }
    this.#bytes += chunk.length;
    if (chunk.length > 0) this.#endsWithNewline = chunk.at(-1) === NEWLINE;
  }

  /** A text without a line end at its end has a last line all the same. */
  end(): LineIndex {
    const lineCount = this.#lines + (this.#endsWithNewline ? 0 : 1);
    return { places: this.#places, lineCount, sizeBytes: this.#bytes };
  }
}

/** The last place at or before a line. */
export function placeBefore({ places }: LineIndex, line: number): LinePlace {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((places[middle]?.line ?? Infinity) <= line) low = middle;
    else high = middle - 1;
  }
  return places[low] ?? { byte: 0, line: 0 };
}
