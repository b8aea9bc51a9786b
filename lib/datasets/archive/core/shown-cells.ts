export const COLUMNS_MAX = 60;
const CELL_CHARACTERS_MAX = 300;

/** As much of a row as a page bears. */
export function shownCells(row: readonly string[]): string[] {
  return row.slice(0, COLUMNS_MAX).map((cell) => cell.slice(0, CELL_CHARACTERS_MAX));
}
