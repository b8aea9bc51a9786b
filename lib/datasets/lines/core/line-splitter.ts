const NEWLINE = 10;

/** Cuts bytes into lines; of a line only the first `bytesMax` bytes are kept, however long it is. */
export class LineSplitter {
  readonly #bytesMax: number;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #hasOpen = false;

  constructor(charsMax: number) {
    // A character takes four bytes at most; the text is cut to its characters once it is decoded.
    this.#bytesMax = charsMax * 4;
  }

  /** Calls with each line that is complete; stops where the call answers false. */
  push(chunk: Buffer, each: (line: Buffer) => boolean): boolean {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, at));
      start = at + 1;
      if (!each(this.#take())) return false;
    }
    if (start < chunk.length) {
      this.#keep(chunk.subarray(start));
      this.#hasOpen = true;
    }
    return true;
  }

  end(each: (line: Buffer) => boolean): void {
    if (this.#hasOpen) each(this.#take());
  }

  #keep(part: Buffer): void {
    const room = this.#bytesMax - this.#keptBytes;
    if (room <= 0) return;
    const piece = part.length > room ? part.subarray(0, room) : part;
    this.#kept.push(piece);
    this.#keptBytes += piece.length;
  }

  #take(): Buffer {
    const line = this.#kept.length === 1 && this.#kept[0] ? this.#kept[0] : Buffer.concat(this.#kept);
    this.#kept = [];
    this.#keptBytes = 0;
    this.#hasOpen = false;
    return line;
  }
}

/** The text of a line, at most so many characters of it. */
export function lineText(line: Buffer, charsMax: number): string {
  const text = line.toString("utf8").replace(/\r$/, "");
  return text.length > charsMax ? `${text.slice(0, charsMax)}…` : text;
}
