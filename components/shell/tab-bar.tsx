"use client";

import { Check, Menu, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { classNames } from "#lib/format/class-names";
import { SCRIM } from "#components/ui/dialog";
import { Icon } from "#components/ui/icon";
import { openPalette } from "./command-palette.tsx";
import { isCurrent, NAV_ITEMS } from "./nav-items.tsx";
import { switchTheme, THEME_ICON } from "./theme-toggle.tsx";
import { switchTo, type WorkspaceChoice } from "./workspace-switcher.tsx";

const TAB =
  "flex flex-col items-center justify-center gap-[3px] text-[11px] leading-3 font-medium text-muted no-underline aria-[current]:text-accent focus-visible:-outline-offset-2";
const ROW = "flex h-12 w-full items-center gap-3 rounded-sm px-3 text-base text-ink no-underline [&>svg]:text-muted";

interface TabBarProps {
  workspaces: readonly WorkspaceChoice[];
  workspaceId: string;
}

/** The phone's navigation: four places and the rest, with the other workspaces, behind "More". */
export function TabBar({ workspaces, workspaceId }: TabBarProps) {
  const path = usePathname();
  const tabs = NAV_ITEMS.filter((item) => item.isTab);
  const rest = NAV_ITEMS.filter((item) => !item.isTab);
  const isInRest = rest.some((item) => isCurrent(item, path));
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-(--z-nav) grid h-[calc(60px+env(safe-area-inset-bottom))] grid-cols-5 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] min-[861px]:hidden"
    >
      {tabs.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={isCurrent(item, path) ? "page" : undefined}
          className={TAB}
        >
          <Icon icon={item.icon} size="lg" />
          {item.label}
        </Link>
      ))}
      <Dialog.Root key={path}>
        <Dialog.Trigger className={TAB} aria-current={isInRest || undefined}>
          <Icon icon={Menu} size="lg" />
          More
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className={SCRIM} />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-x-0 bottom-0 z-(--z-dialog) max-h-[85dvh] animate-[slide-up_var(--dur-3)_var(--ease-out)] overflow-y-auto rounded-t-lg border-t border-line bg-raised p-3 pb-[calc(20px+env(safe-area-inset-bottom))] shadow-3 outline-none"
          >
            <Dialog.Title className="cap px-3 py-1">More</Dialog.Title>
            {rest.map((item) => (
              <Dialog.Close asChild key={item.href}>
                <Link
                  href={item.href}
                  aria-current={isCurrent(item, path) ? "page" : undefined}
                  className={classNames(ROW, "aria-[current]:font-medium aria-[current]:[&>svg]:text-accent")}
                >
                  <Icon icon={item.icon} />
                  {item.label}
                </Link>
              </Dialog.Close>
            ))}
            <hr className="mx-3 my-2 border-line" />
            <Dialog.Close className={ROW} onClick={openPalette}>
              <Icon icon={Search} />
              Find or run
            </Dialog.Close>
            <button type="button" className={ROW} onClick={switchTheme}>
              {THEME_ICON}
              Switch theme
            </button>
            {workspaces.length > 1 ? <Workspaces workspaces={workspaces} workspaceId={workspaceId} /> : null}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </nav>
  );
}

function Workspaces({ workspaces, workspaceId }: TabBarProps) {
  return (
    <>
      <hr className="mx-3 my-2 border-line" />
      <p className="cap px-3 py-1">Workspaces</p>
      {workspaces.map((workspace) => {
        const isCurrentOne = workspace.id === workspaceId;
        return (
          <button
            key={workspace.id}
            type="button"
            className={ROW}
            aria-current={isCurrentOne || undefined}
            onClick={() => void switchTo(workspace.id)}
          >
            <span className="min-w-0 flex-1 truncate text-left">{workspace.name}</span>
            <span className="text-xs text-muted">{workspace.role}</span>
            {isCurrentOne ? <Icon icon={Check} size="sm" className="text-accent" /> : <span className="w-3.5" />}
          </button>
        );
      })}
    </>
  );
}
