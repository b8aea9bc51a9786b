import { WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface StaleNoteProps {
  /** “Connection lost at 13:59. Trying again in 8 s.” */
  children: ReactNode;
  /** Tries now. */
  action?: ReactNode;
}

/** Below data that is kept, dimmed and dated while it cannot be renewed. */
export function StaleNote({ children, action }: StaleNoteProps) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 text-xs text-muted">
      <Icon icon={WifiOff} size="sm" />
      <span>{children}</span>
      {action}
    </div>
  );
}

/** Dims what is shown while it is out of date. */
export function Dimmed({ stale, children }: { stale: boolean; children: ReactNode }) {
  return <div className={stale ? "opacity-50 grayscale-[.4]" : undefined}>{children}</div>;
}
