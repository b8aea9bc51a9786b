import type { ReactNode } from "react";
import { formatPercent } from "#lib/format/numbers";
import { classNames } from "#lib/format/class-names";

export type ProgressTone = "active" | "paused" | "failed" | "good";

const FILL: Record<ProgressTone, string> = {
  active: "bg-accent",
  paused: "bg-silent-mark",
  failed: "bg-fault-mark",
  good: "bg-good-mark",
};
const TEXT: Record<ProgressTone, string> = {
  active: "text-muted",
  paused: "text-muted",
  failed: "text-fault",
  good: "text-muted",
};

interface ProgressBarProps {
  /** 0–1; null while it is unknown. */
  fraction: number | null;
  /** What is progressing, for screen readers. */
  label: string;
  tone?: ProgressTone;
  /** Beside the bar. Default: the percent; null for none. */
  caption?: ReactNode;
  /** The thick one at the top of a page. */
  large?: boolean;
}

export function ProgressBar({ fraction, label, tone = "active", caption, large = false }: ProgressBarProps) {
  const share = fraction === null ? null : Math.min(1, Math.max(0, fraction));
  const words = caption === undefined ? (share === null ? null : formatPercent(share)) : caption;
  return (
    <div className="flex items-center gap-2">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        aria-valuetext={typeof words === "string" ? words : undefined}
        className={classNames("relative min-w-8 flex-1 overflow-hidden rounded-full bg-line", large ? "h-2" : "h-1")}
      >
        <div
          className={classNames(
            "h-full rounded-full",
            FILL[tone],
            share === null && "absolute w-[30%] animate-[bar-indeterminate_1.6s_ease-in-out_infinite]",
          )}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
      {words === null ? null : <span className={`text-xs whitespace-nowrap ${TEXT[tone]}`}>{words}</span>}
    </div>
  );
}
