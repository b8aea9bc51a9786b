import type { Sniff } from "#lib/tables/sniff";

const ROWS = 6;
const DELIMITER_NAMES: Record<Sniff["delimiter"], string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

/** The file's first rows as written, folded away. */
export function FirstRows({ sniff }: { sniff: Sniff }) {
  const { columns, sampleRows, delimiter, encoding, decimalComma } = sniff;
  const format = `${DELIMITER_NAMES[delimiter]} between columns, ${encoding}${decimalComma ? ", decimal comma" : ""}`;
  return (
    <details className="mt-3 border-t border-line pt-3">
      <summary className="text-sm font-medium">
        First rows <span className="font-normal text-muted">{format}</span>
      </summary>
      <div role="region" aria-label="First rows" tabIndex={0} className="mt-2 overflow-x-auto">
        <table className="border-collapse font-mono text-xs">
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="border-b border-line-strong py-1 pr-4 text-left whitespace-nowrap text-muted"
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sampleRows.slice(0, ROWS).map((row, rowIndex) => (
              <tr key={rowIndex}>
                {columns.map((column, index) => (
                  <td key={column} className="h-7 border-b border-line pr-4 whitespace-nowrap">
                    {row[index] ?? ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
