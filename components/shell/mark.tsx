/** The sign of Fieldport: a station and its waves. */
export function Mark({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={`flex-none text-accent ${className}`}>
      <circle cx="4.2" cy="15.8" r="2.6" fill="currentColor" />
      <path
        d="M4.2 9.4a6.4 6.4 0 0 1 6.4 6.4M4.2 5.2a10.6 10.6 0 0 1 10.6 10.6M4.2 1.1A14.7 14.7 0 0 1 18.9 15.8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
    </svg>
  );
}
