const FLUSH_CHARS = 64 * 1024;

type Cell = string | number | boolean | null;

/** A CSV download written while the database is read; memory stays flat for any length. */
export function csvResponse(
  head: { fileName: string; columns: readonly string[] },
  rows: AsyncGenerator<readonly Cell[], void, undefined>,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`${head.columns.join(",")}\r\n`)),
    pull: async (controller) => {
      let text = "";
      while (text.length < FLUSH_CHARS) {
        const { value: row, done } = await rows.next();
        if (done) break;
        text += `${row.map(cellText).join(",")}\r\n`;
      }
      if (text) controller.enqueue(encoder.encode(text));
      else controller.close();
    },
    cancel: async () => {
      await rows.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(head.fileName)}`,
    },
  });
}

/** Texts that a spreadsheet would run as a formula are made harmless; numbers stay as they are. */
function cellText(value: Cell): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
