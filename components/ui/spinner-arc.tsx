/** The quarter arc of everything that is under way; stands still when motion is reduced. */
export function SpinnerArc({ className = "size-4" }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" className={`flex-none animate-[spin-arc_1s_linear_infinite] ${className}`} aria-hidden>
      <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round">
        <circle cx="8" cy="8" r="6" opacity=".35" />
        <path d="M8 2a6 6 0 0 1 6 6" />
      </g>
    </svg>
  );
}
