import type { ChartTable } from "#lib/charts/chart-table";

/** File name made from a title: letters, digits and hyphens. */
export function fileNameOf(title: string, extension: "csv" | "png"): string {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return `${name || "figure"}.${extension}`;
}

/** Saves a table as CSV. Cells that a spreadsheet would run as formulas are made harmless. */
export async function downloadCsv(table: ChartTable, fileName: string): Promise<void> {
  const { default: papa } = await import("papaparse");
  const fields = table.columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
  const data = table.rows.map((row) => table.columns.map(({ key }) => row[key] ?? ""));
  const text = papa.unparse({ fields, data }, { escapeFormulae: true });
  const url = URL.createObjectURL(new Blob([`\uFEFF${text}\r\n`], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
