import type { ReactNode } from "react";
import type { MapState } from "#lib/maps/spec";

const COLOR: Record<MapState, string> = {
  good: "var(--color-good-mark)",
  recovered: "var(--color-good-mark)",
  suspect: "var(--color-suspect-mark)",
  fault: "var(--color-fault-mark)",
  silent: "var(--color-silent-mark)",
  reference: "var(--color-ink)",
};

const SHAPE: Record<MapState, ReactNode> = {
  good: (
    <>
      <circle cx="6" cy="6" r="5" fill="currentColor" />
      <path d="M3.6 6.2 5.3 7.9 8.5 4.5" fill="none" stroke="var(--color-raised)" strokeWidth="1.5" />
    </>
  ),
  recovered: (
    <>
      <circle cx="6" cy="6" r="4.8" fill="var(--color-map-halo)" stroke="currentColor" strokeWidth="1.6" />
      <path d="M3.6 6.2 5.3 7.9 8.5 4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  suspect: (
    <>
      <path d="M6 .9 11.5 10.8H.5Z" fill="currentColor" stroke="var(--color-suspect)" strokeWidth=".9" />
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
  reference: (
    <>
      <rect
        x="1"
        y="1"
        width="10"
        height="10"
        rx="1"
        fill="var(--color-map-halo)"
        stroke="currentColor"
        strokeWidth="1.6"
      />
      <circle cx="6" cy="6" r="1.7" fill="currentColor" />
    </>
  ),
};

/** The mark of a state as on the map; always beside its word, so hidden from screen readers. */
export function StateShape({ state, sizePx = 13 }: { state: MapState; sizePx?: number }) {
  return (
    <svg
      viewBox="0 0 12 12"
      width={sizePx}
      height={sizePx}
      className="shrink-0 overflow-visible"
      style={{ color: COLOR[state] }}
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPE[state]}
    </svg>
  );
}
