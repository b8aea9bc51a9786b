/** Finds line segments that run close to given lines, by a grid of cells as wide as "close". */
export class NearLines {
  readonly #cells = new Set<string>();
  readonly #cell: number;

  constructor(lines: readonly (readonly number[])[], within: number) {
    this.#cell = within;
    for (const line of lines) {
      for (let i = 0; i + 3 < line.length; i += 2) this.#mark(line, i);
    }
  }

  /** The lines without their segments whose middle is close to the given ones. */
  remove(lines: readonly number[][]): number[][] {
    return lines.flatMap((line) => {
      const pieces: number[][] = [];
      let piece: number[] = [];
      for (let i = 0; i + 3 < line.length; i += 2) {
        if (this.#isNear((line[i]! + line[i + 2]!) / 2, (line[i + 1]! + line[i + 3]!) / 2)) {
          piece = [];
          continue;
        }
        if (piece.length === 0) pieces.push((piece = [line[i]!, line[i + 1]!]));
        piece.push(line[i + 2]!, line[i + 3]!);
      }
      return pieces;
    });
  }

  #mark(line: readonly number[], i: number): void {
    const dx = line[i + 2]! - line[i]!;
    const dy = line[i + 3]! - line[i + 1]!;
    const steps = Math.max(1, Math.ceil((2 * Math.hypot(dx, dy)) / this.#cell));
    for (let k = 0; k <= steps; k += 1) {
      this.#cells.add(this.#key(line[i]! + (dx * k) / steps, line[i + 1]! + (dy * k) / steps, 0, 0));
    }
  }

  #isNear(x: number, y: number): boolean {
    return [-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => this.#cells.has(this.#key(x, y, dx, dy))));
  }

  #key(x: number, y: number, dx: number, dy: number): string {
    return `${Math.floor(x / this.#cell) + dx},${Math.floor(y / this.#cell) + dy}`;
  }
}
