import type { ReactNode } from "react";
import { classNames } from "#lib/format/class-names";

export function Tag({ mono = false, children }: { mono?: boolean; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 items-center gap-1 rounded-xs border border-line bg-raised px-1.5 whitespace-nowrap text-ink-2",
        mono ? "font-mono text-[10.5px]" : "text-2xs",
      )}
    >
      {children}
    </span>
  );
}
