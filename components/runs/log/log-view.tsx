"use client";

import { ArrowDown } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button";
import { classNames } from "#lib/format/class-names";
import { LogLineRow } from "./log-line-row.tsx";
import type { LogSource } from "./log-source.ts";
import { useWindowedRows } from "./use-windowed-rows.ts";

/** Lines of the log, by index, that stand out: a traceback, and the one of its lines that matters most. */
export interface LogMarks {
  from: number;
  to: number;
  line: number;
}

/** A line to bring into sight; each request is an object of its own. */
export interface LogJump {
  index: number;
}

/** So many lines are shown without a frame of fixed height. */
const SHORT = 12;

interface LogViewProps {
  label: string;
  source: LogSource;
  timeZone: string;
  /** More lines may come. */
  isLive: boolean;
  /** Lines are known to come: their room is kept. */
  isPending?: boolean;
  /** Stands where the lines would. */
  emptyWords: string;
  search?: string | undefined;
  marks?: LogMarks | null;
  jump?: LogJump | null;
  /** Called with the number of the line whose number was pressed. */
  onPick: (number: number) => void;
}

/** The lines of a log of any length; only those in sight are drawn. */
export function LogView(props: LogViewProps) {
  const { label, source, timeZone, isLive, isPending = false, emptyWords, search, marks, jump, onPick } = props;
  const box = useRef<HTMLDivElement>(null);
  const rows = useWindowedRows(box, source.count);
  const { want } = source;
  useEffect(() => want?.(rows.first, rows.end), [want, rows.first, rows.end]);
  const show = useRef(rows.show);
  useEffect(() => {
    show.current = rows.show;
  });
  useEffect(() => {
    if (jump) show.current(jump.index);
  }, [jump]);
  const indexes = Array.from({ length: Math.max(0, rows.end - rows.first) }, (_, at) => rows.first + at);
  return (
    <div className="relative">
      <div
        ref={box}
        tabIndex={0}
        role="log"
        aria-label={label}
        aria-live={isLive ? "polite" : "off"}
        onScroll={rows.onScroll}
        className={classNames(
          "resize-y overflow-auto rounded-md border border-line bg-sunken font-mono text-xs leading-5",
          source.count > SHORT || isLive || isPending ? "h-[420px] max-md:h-[320px]" : "h-auto min-h-16 pb-3",
        )}
      >
        {source.count === 0 ? <p className="px-3 py-2 text-muted">{emptyWords}</p> : null}
        <div className="relative min-w-full" style={{ height: rows.heightPx }}>
          <div className="absolute left-0 w-max min-w-full" style={{ transform: `translateY(${rows.topPx}px)` }}>
            {indexes.map((index) => (
              <LogLineRow
                key={index}
                index={index}
                row={source.rowAt(index)}
                timeZone={timeZone}
                search={search}
                look={lookOf(index, marks)}
                onPick={onPick}
              />
            ))}
          </div>
        </div>
      </div>
      {isLive && !rows.isAtEnd ? (
        <Button size="sm" icon={ArrowDown} className="absolute right-4 bottom-3 shadow-2" onClick={rows.showEnd}>
          Follow
        </Button>
      ) : null}
    </div>
  );
}

function lookOf(index: number, marks: LogMarks | null | undefined): "plain" | "block" | "line" {
  if (!marks || index < marks.from || index > marks.to) return "plain";
  return index === marks.line ? "line" : "block";
}
