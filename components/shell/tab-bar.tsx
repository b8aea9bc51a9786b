"use client";

import { Menu as MenuIcon, Search, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";
import { Button } from "#components/ui/button";
import { SCRIM } from "#components/ui/dialog";
import { Icon } from "#components/ui/icon";
import { IconButton } from "#components/ui/icon-button";
import { formatNumber } from "#lib/format/numbers";
import { openPalette } from "./command-palette.tsx";
import { isWithin, NAV_ITEMS, type NavCounts, type NavItem, type NavKey } from "./nav-items.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

const TAB_KEYS: readonly NavKey[] = ["overview", "sensors", "uploads", "runs"];
const TABS = TAB_KEYS.flatMap((key) => NAV_ITEMS.filter((item) => item.key === key));
const REST = NAV_ITEMS.filter((item) => !TAB_KEYS.includes(item.key));
const TAB =
  "flex flex-col items-center justify-center gap-[3px] text-[11px] leading-3 font-medium text-muted aria-[current]:text-accent focus-visible:-outline-offset-2";

interface TabBarProps {
  counts?: NavCounts;
  /** At the top of the “More” sheet. */
  switcher?: ReactNode;
}

/** The navigation of phones: four places and a sheet with the rest. */
export function TabBar({ counts = {}, switcher }: TabBarProps) {
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const inRest = REST.some((item) => isWithin(pathname, item.href));
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-(--z-nav) grid h-[calc(60px+env(safe-area-inset-bottom))] grid-cols-5 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {TABS.map((item) => (
        <Link
          key={item.key}
          href={item.href}
          aria-current={isWithin(pathname, item.href) ? "page" : undefined}
          className={TAB}
        >
          <Icon icon={item.icon} size="lg" />
          {item.label}
        </Link>
      ))}
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Trigger className={TAB} aria-current={inRest || undefined}>
          <Icon icon={MenuIcon} size="lg" />
          More
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Overlay className={SCRIM} />
          <Radix.Content
            aria-describedby={undefined}
            className="fixed inset-x-0 bottom-0 z-(--z-dialog) max-h-[85dvh] animate-[slide-up_var(--dur-3)_var(--ease-out)] overflow-y-auto rounded-t-lg border-t border-line bg-raised px-4 pt-3 pb-[calc(16px+env(safe-area-inset-bottom))] shadow-3 outline-none md:hidden"
          >
            <div className="flex items-center justify-between pb-2">
              <Radix.Title className="text-lg font-bold">More</Radix.Title>
              <div className="flex">
                <ThemeToggle />
                <Radix.Close asChild>
                  <IconButton label="Close" icon={X} />
                </Radix.Close>
              </div>
            </div>
            {switcher}
            <Button
              block
              icon={Search}
              className="my-2 !justify-start"
              onClick={() => {
                setOpen(false);
                openPalette();
              }}
            >
              Find or run
            </Button>
            <ul>
              {REST.map((item) => (
                <SheetLink
                  key={item.key}
                  item={item}
                  count={counts[item.key]}
                  current={isWithin(pathname, item.href)}
                  onOpen={() => setOpen(false)}
                />
              ))}
            </ul>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </nav>
  );
}

interface SheetLinkProps {
  item: NavItem;
  count: number | undefined;
  current: boolean;
  onOpen: () => void;
}

function SheetLink({ item, count, current, onOpen }: SheetLinkProps) {
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        href={item.href}
        onClick={onOpen}
        aria-current={current ? "page" : undefined}
        className="flex h-12 items-center gap-3 font-medium text-ink"
      >
        <Icon icon={item.icon} className={current ? "text-accent" : "text-muted"} />
        {item.label}
        {count ? <span className="ml-auto font-normal text-muted">{formatNumber(count)}</span> : null}
      </Link>
    </li>
  );
}
