const PIECE = /^(\d+)_(.+)$/;

/** A file that a splitter cut from a larger one: `2_sessions.csv` is the third piece of `sessions.csv`. */
export function pieceOf(fileName: string): { whole: string; no: number } | null {
  const found = PIECE.exec(fileName);
  return found ? { whole: found[2]!, no: Number(found[1]) } : null;
}

/**
 * The pieces of each larger file, in order. Only unbroken sequences from 0 are pieces: a lone `2019_sessions.csv` is a
 * file of its own.
 */
export function joinPieces(fileNames: Iterable<string>): Map<string, string[]> {
  const byWhole = new Map<string, Map<number, string>>();
  for (const fileName of fileNames) {
    const piece = pieceOf(fileName);
    if (piece === null) continue;
    const pieces = byWhole.get(piece.whole) ?? new Map<number, string>();
    byWhole.set(piece.whole, pieces.set(piece.no, fileName));
  }
  const joined = new Map<string, string[]>();
  for (const [whole, pieces] of byWhole) {
    const sequence: string[] = [];
    for (let no = 0; pieces.has(no); no++) sequence.push(pieces.get(no)!);
    if (sequence.length > 1) joined.set(whole, sequence);
  }
  return joined;
}
