import Link from "next/link";
import type { ReactNode } from "react";
import { Page } from "#components/shell/page";
import { classNames } from "#lib/format/class-names";
import { can, type Ctx } from "#lib/auth/context";
import type { Permission } from "#lib/auth/permissions";

interface SettingsItem {
  href: string;
  label: string;
  /** Without it the page has nothing to show this person. */
  needs?: Permission;
}

const ITEMS = [
  { href: "/settings", label: "General" },
  { href: "/settings/members", label: "Members", needs: "members:read" },
  { href: "/settings/api-keys", label: "API keys", needs: "keys:manage" },
  { href: "/settings/notifications", label: "Notifications" },
  { href: "/settings/audit", label: "Audit log", needs: "audit:read" },
  { href: "/settings/account", label: "My account" },
] as const satisfies readonly SettingsItem[];
export type SettingsHref = (typeof ITEMS)[number]["href"];

interface SettingsFrameProps {
  ctx: Ctx;
  current: SettingsHref;
  children: ReactNode;
}

/** Header, the list of settings pages, and one of them beside it. */
export function SettingsFrame({ ctx, current, children }: SettingsFrameProps) {
  const label = ITEMS.find((item) => item.href === current)?.label ?? "";
  return (
    <Page crumbs={[{ label: "Settings", href: "/settings" }, { label }]}>
      <div className="gutter-x grid max-w-[1200px] grid-cols-[176px_minmax(0,1fr)] gap-10 pt-[22px] pb-10 max-md:block max-md:pt-4">
        <nav
          aria-label="Settings"
          className="flex flex-col gap-px max-md:-mx-(--gutter) max-md:mb-3.5 max-md:flex-row max-md:overflow-x-auto max-md:border-b max-md:border-line max-md:px-(--gutter) max-md:pb-2"
        >
          {ITEMS.filter((item: SettingsItem) => !item.needs || can(ctx, item.needs)).map((item) => (
            <Link
              key={item.href}
              href={item.href}
              aria-current={item.href === current ? "page" : undefined}
              className={classNames(
                "rounded-sm px-2.5 py-[5px] text-sm whitespace-nowrap max-md:px-3 max-md:py-[9px]",
                item.href === current ? "bg-sunken font-medium text-ink" : "text-ink-2 hover:bg-hover",
              )}
            >
              {item.label}
            </Link>
          ))}
        </nav>
        <div className="min-w-0">{children}</div>
      </div>
    </Page>
  );
}
