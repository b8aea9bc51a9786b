export type CellShape = "empty" | "number" | "number-comma" | "time" | "text";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?$/;
const NUMBER_COMMA = /^[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+([eE][+-]?\d+)?%?$/;
const TIME =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3})[-/. ,]+\d{2,4})([T ,]+\d{1,2}:\d{2}(:\d{2})?.*)?$|^\d{1,2}:\d{2}(:\d{2})?( ?[AaPp]\.?[Mm]\.?)?$/;

/** What a cell looks like, for guessing headers, decimal commas and column roles. */
export function cellShape(cell: string): CellShape {
  const text = cell.trim();
  if (text === "") return "empty";
  if (NUMBER.test(text)) return "number";
  if (NUMBER_COMMA.test(text)) return "number-comma";
  return TIME.test(text) ? "time" : "text";
}
