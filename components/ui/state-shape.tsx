import type { ReactNode } from "react";

export type State = "good" | "recovered" | "suspect" | "fault" | "silent" | "info" | "reference";
export type Shape = State | "running" | "queued" | "paused";

const TICK = (
  <path
    d="M3.6 6.2 5.3 7.9 8.5 4.5"
    fill="none"
    stroke="var(--color-raised)"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
  />
);
const DRAWINGS: Record<Shape, ReactNode> = {
  good: (
    <>
      <circle cx="6" cy="6" r="5" fill="currentColor" />
      {TICK}
    </>
  ),
  recovered: (
    <>
      <circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path
        d="M3.6 6.2 5.3 7.9 8.5 4.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  suspect: (
    <>
      <path
        d="M6 .9 11.5 10.8H.5Z"
        fill="currentColor"
        stroke="var(--color-suspect)"
        strokeWidth=".9"
        strokeLinejoin="round"
      />
      <path d="M6 4.6v2.6" stroke="#221a08" strokeWidth="1.4" strokeLinecap="round" />
      <circle cx="6" cy="9" r=".8" fill="#221a08" />
    </>
  ),
  fault: (
    <>
      <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" />
      <path d="m4.2 4.2 3.6 3.6m0-3.6L4.2 7.8" stroke="var(--color-raised)" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  silent: (
    <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.4 1.7" />
  ),
  info: (
    <>
      <circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 5.6v3" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      <circle cx="6" cy="3.6" r=".8" fill="currentColor" />
    </>
  ),
  running: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="var(--color-line-strong)" strokeWidth="1.8" />
      <path
        d="M6 1.4A4.6 4.6 0 0 1 9.9 8.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </>
  ),
  queued: (
    <g fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round">
      <circle cx="6" cy="6" r="4.6" />
      <path d="M6 3.6V6l1.6 1.2" />
    </g>
  ),
  paused: (
    <g fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round">
      <circle cx="6" cy="6" r="4.8" />
      <path d="M4.8 4.4v3.2m2.4-3.2v3.2" />
    </g>
  ),
  reference: (
    <>
      <rect
        x="1.2"
        y="1.2"
        width="9.6"
        height="9.6"
        rx="1"
        fill="var(--color-map-halo)"
        stroke="var(--color-ink)"
        strokeWidth="1.5"
      />
      <circle cx="6" cy="6" r="1.6" fill="var(--color-ink)" />
    </>
  ),
};
const TONES: Record<Shape, string> = {
  good: "text-good-mark",
  recovered: "text-good-mark",
  suspect: "text-suspect-mark",
  fault: "text-fault-mark",
  silent: "text-silent-mark",
  info: "text-info-mark",
  running: "text-info-mark",
  queued: "text-silent-mark",
  paused: "text-silent-mark",
  reference: "text-ink",
};

interface StateShapeProps {
  shape: Shape;
  sizePx?: number;
  /** Takes the colour of this state instead of the shape's own, such as a clock in the fault colour. */
  tone?: State;
  className?: string;
}

/** The shape of a state, decorative: a word always stands beside it (or in an `sr-only`). */
export function StateShape({ shape, sizePx = 12, tone, className = "" }: StateShapeProps) {
  return (
    <svg
      viewBox="0 0 12 12"
      width={sizePx}
      height={sizePx}
      className={`flex-none overflow-visible ${TONES[tone ?? shape]} ${className}`}
      aria-hidden
    >
      {shape === "running" ? (
        <g className="origin-center animate-[spin-arc_1.6s_linear_infinite]">{DRAWINGS.running}</g>
      ) : (
        DRAWINGS[shape]
      )}
    </svg>
  );
}
