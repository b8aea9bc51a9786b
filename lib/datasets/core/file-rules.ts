import { describeRows } from "./quality-sentences.ts";
import type { RuleDeclaration } from "./quality-report.ts";

/** What the CSV reader meets before any cleaner sees a row. */
export const FILE_RULES: readonly RuleDeclaration[] = [
  {
    rule: "nul_bytes",
    label: "NUL bytes in the file",
    severity: "noted",
    advise: () => "The logger was probably cut off while writing. Check the rows around it.",
  },
  {
    rule: "unreadable_characters",
    label: "Characters that could not be read",
    severity: "noted",
    advise: () => "The file mixes encodings. Save it as UTF-8.",
  },
  {
    rule: "unterminated_quote",
    label: "A quote that is never closed",
    severity: "noted",
    advise: (finding) => `Look at ${describeRows(finding)} and close or remove the quote.`,
  },
  { rule: "blank_line", label: "Empty line", severity: "noted" },
  {
    rule: "row_shape",
    label: "Number of fields differs from the header",
    severity: "dropped",
    advise: (finding) =>
      `Compare ${describeRows(finding)} with the header: a field is missing, or a separator stands inside a value.`,
  },
];
