/** Contour lines around a station that is not there yet; decorative. */
export function ContourDrawing({ className = "h-[62px] w-[150px]" }: { className?: string }) {
  return (
    <svg viewBox="0 0 150 62" className={className} aria-hidden>
      <g fill="none" stroke="var(--color-line-strong)" strokeWidth="1">
        <path d="M6 44C18 20 44 8 74 9s58 10 70 32" opacity=".55" />
        <path d="M16 50c10-20 32-31 58-31s49 10 60 29" opacity=".75" />
        <path d="M29 54c8-15 24-24 45-24s38 8 48 22" />
        <path d="M44 57c6-10 16-16 30-16s26 6 33 15" />
        <path d="M58 59c3-5 8-8 16-8s14 3 18 7" />
      </g>
      <circle
        cx="74"
        cy="30"
        r="5"
        fill="var(--color-raised)"
        stroke="var(--color-accent)"
        strokeWidth="1.5"
        strokeDasharray="2.4 1.7"
      />
    </svg>
  );
}
