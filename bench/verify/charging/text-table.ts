import { CsvParser } from "#lib/tables/csv-parser";

export interface TextTable {
  columns: string[];
  rows: string[][];
}

/** A small CSV file with a header, every cell as written. */
export function parseTable(text: string): TextTable {
  const parser = new CsvParser({ delimiter: ",", quote: '"' });
  const [columns = [], ...rows] = [...parser.push(text), ...parser.end().rows];
  return { columns, rows: rows.filter((row) => row.length > 1 || row[0] !== "") };
}
