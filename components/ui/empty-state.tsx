import type { ReactNode } from "react";

interface EmptyStateProps {
  title: ReactNode;
  /** What belongs here; if filtered, which filter is at fault. */
  children?: ReactNode;
  /** One way to start, and sample data. */
  actions?: ReactNode;
  /** Drawn above the title; default the contour illustration, null for none (filtered). */
  illustration?: ReactNode;
  level?: "h1" | "h2" | "h3";
}

export function EmptyState({ title, children, actions, illustration, level: Title = "h2" }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1.5 px-4 py-8 text-center">
      {illustration === undefined ? <ContourIllustration /> : illustration}
      <Title className="text-sm font-bold">{title}</Title>
      {children === undefined ? null : <div className="max-w-[44ch] text-sm text-muted">{children}</div>}
      {actions === undefined ? null : <div className="mt-1.5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** Three contour lines and a reference mark: nothing is here yet, but the sheet is ready. */
function ContourIllustration() {
  return (
    <svg viewBox="0 0 150 62" className="mb-0.5 h-[62px] w-[150px]" aria-hidden>
      <g fill="none" stroke="var(--color-accent)" opacity=".45">
        <path d="M2 50C30 20 50 46 75 28s45 6 73-14" />
        <path d="M2 58C32 32 54 54 78 38s42 4 70-10" />
        <path d="M2 40C28 8 48 36 73 17S120 22 148 2" opacity=".6" />
      </g>
      <rect
        x="70"
        y="14"
        width="14"
        height="14"
        rx="1"
        fill="var(--color-raised)"
        stroke="var(--color-ink)"
        strokeWidth="1.6"
      />
      <circle cx="77" cy="21" r="2.2" fill="var(--color-ink)" />
    </svg>
  );
}
