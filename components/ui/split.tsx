import type { CSSProperties, ReactNode } from "react";

interface SplitProps {
  children: ReactNode;
  aside: ReactNode;
  asideLabel: string;
  /** 340–420 */
  asideWidthPx?: number;
}

/** Main column and a right column of 340–420 px, which follows the content on narrow screens. */
export function Split({ children, aside, asideLabel, asideWidthPx = 356 }: SplitProps) {
  return (
    <div
      className="grid flex-1 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_var(--aside-width)]"
      style={{ "--aside-width": `${asideWidthPx}px` } as CSSProperties}
    >
      <div className="min-w-0">{children}</div>
      <aside
        aria-label={asideLabel}
        className="min-w-0 border-line bg-bg max-lg:border-t lg:border-l lg:[--gutter:20px]"
      >
        {aside}
      </aside>
    </div>
  );
}
