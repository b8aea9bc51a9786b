import { memo } from "react";
import { classNames } from "#lib/format/class-names";
import type { LogRow } from "./log-source.ts";
import { logTime, splitAtMatches } from "./log-text.ts";

interface LogLineRowProps {
  index: number;
  /** Null while it is on its way. */
  row: LogRow | null;
  timeZone: string;
  search: string | undefined;
  /** "block" belongs to a traceback, "line" is the one of it to look at. */
  look: "plain" | "block" | "line";
  onPick: (number: number) => void;
}

/** One line of a log: its number, which links to it, when it came, what it says. */
export const LogLineRow = memo(function LogLineRow({ index, row, timeZone, search, look, onPick }: LogLineRowProps) {
  const number = row?.number ?? index + 1;
  const isWarning = row?.level === "warn";
  const isError = row?.level === "error";
  return (
    <div
      className={classNames(
        "flex h-5 pr-3 whitespace-pre",
        isWarning && "bg-suspect-wash",
        (isError || look !== "plain") && "bg-fault-wash",
        look === "line" && "font-bold shadow-[inset_3px_0_0_var(--color-fault-mark)]",
      )}
    >
      <a
        href={`#L${number}`}
        tabIndex={-1}
        title={`Line ${number}`}
        onClick={() => onPick(number)}
        className="w-[64px] flex-none pr-3 text-right text-muted select-none hover:text-accent"
      >
        {number}
      </a>
      {row?.at ? (
        <time dateTime={row.at} className="w-[110px] flex-none text-muted max-md:hidden">
          {logTime(row.at, timeZone)}
        </time>
      ) : null}
      <span>
        {isWarning ? <b className="text-suspect">warn </b> : null}
        {isError ? <b className="text-fault">error </b> : null}
        {row === null ? <span className="text-muted">…</span> : <Text text={row.text} search={search} />}
      </span>
    </div>
  );
});

function Text({ text, search }: { text: string; search: string | undefined }) {
  if (!search) return text;
  return splitAtMatches(text, search).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <mark key={at} className="rounded-xs bg-accent-wash text-ink outline-1 outline-accent-line">
        {part}
      </mark>
    ),
  );
}
