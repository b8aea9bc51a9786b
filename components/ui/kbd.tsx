import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[20px] rounded-[4px] border border-b-2 border-line-strong bg-surface px-[5px] text-center font-mono text-[11px] leading-4 text-muted">
      {children}
    </kbd>
  );
}
