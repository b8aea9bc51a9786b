import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { Icon } from "#components/ui/icon";
import { HeaderTools } from "./header-tools.tsx";
import { Mark } from "./mark.tsx";

export interface Crumb {
  label: string;
  href?: string;
}

interface PageProps {
  /** From the outermost; the last one is this page. */
  crumbs: readonly Crumb[];
  /** Ways to look at the same things; on a phone they stand in the breadcrumb's place, because they say where one is. */
  views?: ReactNode;
  /** Age of the data, beside the breadcrumb. */
  fresh?: ReactNode;
  /** Export, share, the one primary action last. */
  actions?: ReactNode;
  /** A 44 px bar under the header, for filters. */
  bar?: ReactNode;
  /** The content fills the rest of the screen and scrolls inside (maps, boards). */
  fill?: boolean;
  children: ReactNode;
}

/** Header and main region of every page in the portal. */
export function Page({ crumbs, views, fresh, actions, bar, fill = false, children }: PageProps) {
  return (
    <div className={`flex min-w-0 flex-1 flex-col bg-surface ${fill ? "h-dvh max-[860px]:h-[calc(100dvh-60px)]" : ""}`}>
      <header className="sticky top-0 z-(--z-sticky) flex h-(--header-height) flex-none items-center gap-3 border-b border-line bg-surface px-6 max-[860px]:gap-2 max-[860px]:px-4">
        <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-sm">
          <span className="mr-1 min-[861px]:hidden">
            <Mark />
          </span>
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb.label}>
              {index > 0 ? <Icon icon={ChevronRight} size="sm" className="text-faint max-[860px]:hidden" /> : null}
              <CrumbText crumb={crumb} isLast={index === crumbs.length - 1} isOnPhone={!views} />
            </Fragment>
          ))}
        </nav>
        {views ? <div className="min-w-0 overflow-x-auto max-[860px]:-ml-1">{views}</div> : null}
        <span className="max-[860px]:hidden">{fresh}</span>
        <span className="flex-1" />
        {actions ? (
          // on phones only the last, primary action keeps its words; the others show their icons
          <div className="flex flex-none items-center gap-2 max-md:[&>:not(:last-child):has(svg)]:gap-0 max-md:[&>:not(:last-child):has(svg)]:text-[0px]">
            {actions}
          </div>
        ) : null}
        <HeaderTools />
      </header>
      {bar}
      <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  );
}

function CrumbText({ crumb, isLast, isOnPhone }: { crumb: Crumb; isLast: boolean; isOnPhone: boolean }) {
  if (isLast) {
    return (
      <span className={`truncate font-medium text-ink ${isOnPhone ? "" : "max-[860px]:hidden"}`}>{crumb.label}</span>
    );
  }
  const look = "flex-none whitespace-nowrap text-muted max-[860px]:hidden";
  if (!crumb.href) return <span className={look}>{crumb.label}</span>;
  return (
    <Link href={crumb.href} className={look}>
      {crumb.label}
    </Link>
  );
}
