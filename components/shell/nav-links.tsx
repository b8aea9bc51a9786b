"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";
import { Icon } from "#components/ui/icon";
import { isWithin, NAV_ITEMS, type NavCounts, type NavItem } from "./nav-items.tsx";

const RAIL_HIDE = "group-has-[[data-shell-rail]]/shell:sr-only";

/** The links of the side navigation; on the rail only icons are seen. */
export function NavLinks({ counts = {} }: { counts?: NavCounts }) {
  const pathname = usePathname();
  const linksOf = (group: NavItem["group"]) =>
    NAV_ITEMS.filter((item) => item.group === group).map((item) => (
      <NavLink key={item.key} item={item} count={counts[item.key]} current={isWithin(pathname, item.href)} />
    ));
  return (
    <>
      {linksOf("work")}
      <p className={`cap mx-2 mt-3.5 mb-1 ${RAIL_HIDE}`}>Domains</p>
      {linksOf("domains")}
      <div className="mt-auto" />
      {linksOf("foot")}
    </>
  );
}

function NavLink({ item, count, current }: { item: NavItem; count: number | undefined; current: boolean }) {
  return (
    <Link
      href={item.href}
      title={item.label}
      aria-current={current ? "page" : undefined}
      className={classNames(
        "flex h-[30px] flex-none items-center gap-2.5 rounded-sm px-2 text-sm font-medium",
        "group-has-[[data-shell-rail]]/shell:justify-center group-has-[[data-shell-rail]]/shell:px-0",
        current
          ? "bg-surface text-ink shadow-[inset_0_0_0_1px_var(--color-line),var(--shadow-1)]"
          : "text-ink-2 hover:bg-hover",
      )}
    >
      <Icon icon={item.icon} className={current ? "text-accent" : "text-muted"} />
      <span className={RAIL_HIDE}>{item.label}</span>
      {count ? (
        <span className={`ml-auto text-xs font-normal text-muted ${RAIL_HIDE}`}>{formatNumber(count)}</span>
      ) : null}
    </Link>
  );
}
