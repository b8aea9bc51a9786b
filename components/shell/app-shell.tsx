import type { ReactNode } from "react";
import { ToastProvider } from "#components/ui/toast";
import { NavLinks } from "./nav-links.tsx";
import type { NavCounts } from "./nav-items.tsx";
import { TabBar } from "./tab-bar.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

interface AppShellProps {
  /** `WorkspaceSwitcher` */
  switcher: ReactNode;
  /** `CommandPalette`, with its own search. */
  find: ReactNode;
  /** `InboxPopover` */
  inbox: ReactNode;
  /** `UserMenu` */
  userMenu: ReactNode;
  counts?: NavCounts;
  /** `Page`s: each brings its header row and its `main`. */
  children: ReactNode;
}

/**
 * The frame of the portal. Layout and page share one grid: a `Page` puts its breadcrumb and actions into the same
 * header row as the tools below, and may ask for the narrow navigation (`rail`), without any client state.
 */
export function AppShell({ switcher, find, inbox, userMenu, counts, children }: AppShellProps) {
  return (
    <ToastProvider>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <div className="group/shell min-h-dvh grid-cols-[var(--nav-width)_minmax(0,1fr)] has-[[data-shell-rail]]:grid-cols-[var(--nav-rail)_minmax(0,1fr)] max-md:pb-[calc(60px+env(safe-area-inset-bottom))] md:grid">
        <nav
          aria-label="Main"
          className="sticky top-0 z-(--z-nav) flex h-dvh flex-col gap-0.5 overflow-y-auto border-r border-line bg-bg p-2.5 group-has-[[data-shell-rail]]/shell:px-2 max-md:hidden"
        >
          {switcher}
          <NavLinks counts={counts} />
        </nav>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] grid-rows-[var(--header-height)_minmax(0,1fr)] bg-surface max-md:min-h-[calc(100dvh-60px)]">
          <section
            aria-label="Tools"
            className="sticky top-0 z-(--z-sticky) col-start-2 row-start-1 flex h-(--header-height) items-center gap-3 border-b border-line bg-surface pr-(--gutter) pl-3 max-md:gap-2 max-md:pl-1"
          >
            {find}
            <span className="max-md:hidden">
              <ThemeToggle />
            </span>
            {inbox}
            {userMenu}
          </section>
          {children}
        </div>
        <TabBar counts={counts} switcher={switcher} />
      </div>
    </ToastProvider>
  );
}
