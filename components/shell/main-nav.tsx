"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { classNames } from "#lib/format/class-names";
import { Icon } from "#components/ui/icon";
import { Mark } from "./mark.tsx";
import { isCurrent, NAV_ITEMS, type NavItem } from "./nav-items.tsx";
import { WorkspaceSwitcher, type WorkspaceChoice } from "./workspace-switcher.tsx";

export interface NavCounts {
  [href: string]: number | undefined;
}

interface MainNavProps {
  workspaces: readonly WorkspaceChoice[];
  workspaceId: string;
  counts: NavCounts;
}

const RAIL_PATHS = ["/charging/map", "/driving", "/driving/replay"];

/** Maps fill the screen: there the navigation shrinks to its icons. */
function isRail(path: string, view: string | null): boolean {
  if (path === "/sensors") return view !== "list";
  return RAIL_PATHS.includes(path);
}

export function MainNav({ workspaces, workspaceId, counts }: MainNavProps) {
  const path = usePathname();
  const rail = isRail(path, useSearchParams().get("view"));
  const main = NAV_ITEMS.filter((item) => item.group !== "foot");
  const foot = NAV_ITEMS.filter((item) => item.group === "foot");
  const link = (item: NavItem) => (
    <NavLink key={item.href} item={item} rail={rail} current={isCurrent(item, path)} count={counts[item.href]} />
  );
  return (
    <nav
      aria-label="Main"
      className={classNames(
        "sticky top-0 z-(--z-nav) hidden h-screen flex-none flex-col gap-0.5 border-r border-line bg-bg p-2.5 min-[861px]:flex",
        rail ? "w-(--nav-rail) px-2" : "w-(--nav-width)",
      )}
    >
      {rail ? (
        <Link href="/" aria-label="Overview" className="mb-2 flex h-9 items-center justify-center">
          <Mark />
        </Link>
      ) : (
        <WorkspaceSwitcher workspaces={workspaces} workspaceId={workspaceId} />
      )}
      {main.filter((item) => item.group !== "domains").map(link)}
      {rail ? <span className="h-2" /> : <p className="cap mx-2 mt-3.5 mb-1">Domains</p>}
      {main.filter((item) => item.group === "domains").map(link)}
      <span className="flex-1" />
      {foot.map(link)}
    </nav>
  );
}

interface NavLinkProps {
  item: NavItem;
  rail: boolean;
  current: boolean;
  count: number | undefined;
}

function NavLink({ item, rail, current, count }: NavLinkProps) {
  return (
    <Link
      href={item.href}
      aria-current={current ? "page" : undefined}
      aria-label={rail ? item.label : undefined}
      title={rail ? item.label : undefined}
      className={classNames(
        "flex h-[30px] flex-none items-center gap-2.5 rounded-sm text-sm font-medium no-underline",
        rail ? "justify-center px-0" : "px-2",
        current
          ? "bg-surface text-ink shadow-[inset_0_0_0_1px_var(--color-line),var(--shadow-1)]"
          : "text-ink-2 hover:bg-hover",
      )}
    >
      <Icon icon={item.icon} className={current ? "text-accent" : "text-muted"} />
      {rail ? null : <span>{item.label}</span>}
      {!rail && count ? (
        <span className="ml-auto text-xs font-normal text-muted">{count.toLocaleString("en-US")}</span>
      ) : null}
    </Link>
  );
}
