import Link from "next/link";
import type { ReactNode } from "react";

export const TAB_LIST = "flex gap-5 overflow-x-auto overflow-y-hidden border-b border-line";
export const TAB =
  "-mb-px border-b-2 border-transparent pt-2 pb-[9px] text-sm font-medium whitespace-nowrap text-muted hover:text-ink " +
  "aria-[current]:border-accent aria-[current]:text-ink data-[state=active]:border-accent data-[state=active]:text-ink";

interface LinkTabsProps {
  label: string;
  tabs: readonly { href: string; label: ReactNode; count?: ReactNode; current?: boolean }[];
}

/** Tabs that are pages: the open one is in the URL. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={TAB_LIST}>
      {tabs.map((tab) => (
        <Link key={tab.href} href={tab.href} aria-current={tab.current ? "page" : undefined} className={TAB}>
          {tab.label}
          {tab.count === undefined ? null : <span className="ml-[5px] font-normal text-muted">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
