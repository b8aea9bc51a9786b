"use client";

import { Menu } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { classNames } from "#lib/format/class-names";
import { Icon } from "#components/ui/icon";
import { isCurrent, NAV_ITEMS } from "./nav-items.tsx";

const TAB = "flex flex-col items-center justify-center gap-[3px] text-[11px] leading-3 font-medium no-underline";

/** The phone's navigation: four places and the rest behind "More". */
export function TabBar() {
  const path = usePathname();
  const tabs = NAV_ITEMS.filter((item) => item.isTab);
  const rest = NAV_ITEMS.filter((item) => !item.isTab);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-(--z-nav) grid h-[60px] grid-cols-5 border-t border-line bg-surface min-[861px]:hidden"
    >
      {tabs.map((item) => {
        const current = isCurrent(item, path);
        return (
          <Link
            key={item.href}
            href={item.href}
            aria-current={current ? "page" : undefined}
            className={classNames(TAB, current ? "text-accent" : "text-muted")}
          >
            <Icon icon={item.icon} size="lg" />
            {item.label}
          </Link>
        );
      })}
      <Dialog.Root key={path}>
        <Dialog.Trigger className={classNames(TAB, "text-muted")}>
          <Icon icon={Menu} size="lg" />
          More
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-(--z-dialog) bg-scrim" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-x-0 bottom-0 z-(--z-dialog) animate-[slide-up_var(--dur-3)] rounded-t-lg border-t border-line bg-raised p-3 pb-5"
          >
            <Dialog.Title className="caption px-3 py-1">More</Dialog.Title>
            {rest.map((item) => (
              <Dialog.Close asChild key={item.href}>
                <Link
                  href={item.href}
                  className="flex h-11 items-center gap-3 rounded-sm px-3 text-base text-ink no-underline"
                >
                  <Icon icon={item.icon} className="text-muted" />
                  {item.label}
                </Link>
              </Dialog.Close>
            ))}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </nav>
  );
}
