import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon";
import { classNames } from "#lib/format/class-names";
import { Mark } from "./mark.tsx";

export interface Crumb {
  label: string;
  /** Every crumb but the last. */
  href?: string;
}

interface PageProps {
  crumbs: readonly Crumb[];
  /** “Live, 3 s ago”: `DataAge`. */
  age?: ReactNode;
  /** Share, export, the primary one last; small buttons. */
  actions?: ReactNode;
  /** `FilterBar` */
  filters?: ReactNode;
  /** Narrow navigation, for maps and boards. */
  rail?: boolean;
  /** Exactly as high as the window, for maps. */
  fill?: boolean;
  /** With the usual margins; leave out for pages made of `Section`s or a `Split`, which bring their own. */
  padded?: boolean;
  children: ReactNode;
}

/** Header row (breadcrumb, data age, actions) and `main` of one page inside `AppShell`. */
export function Page(props: PageProps) {
  const { crumbs, age, actions, filters, rail = false, fill = false, padded = false, children } = props;
  return (
    <>
      <header
        data-shell-rail={rail ? "" : undefined}
        className="sticky top-0 z-(--z-sticky) col-start-1 row-start-1 flex h-(--header-height) min-w-0 items-center gap-3 border-b border-line bg-surface pl-(--gutter) max-md:gap-2"
      >
        <Breadcrumb crumbs={crumbs} />
        {age === undefined ? null : <span className="ml-2 max-md:hidden">{age}</span>}
        <span className="flex-1" />
        {actions === undefined ? null : <div className="flex flex-none items-center gap-3">{actions}</div>}
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={classNames(
          "col-span-2 row-start-2 flex min-w-0 flex-col outline-none",
          fill && "h-[calc(100dvh-var(--header-height))] max-md:h-[calc(100dvh-var(--header-height)-60px)]",
        )}
      >
        {filters}
        {padded ? <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">{children}</div> : children}
      </main>
    </>
  );
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-sm text-muted">
      <Link href="/" aria-label="Fieldport, overview" className="md:hidden">
        <Mark />
      </Link>
      <ol className="flex min-w-0 items-center gap-1.5">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li
              key={crumb.label}
              className={classNames("flex items-center gap-1.5", last ? "min-w-0" : "max-md:hidden")}
            >
              {index > 0 ? <Icon icon={ChevronRight} size="sm" className="text-faint max-md:hidden" /> : null}
              {crumb.href !== undefined && !last ? (
                <Link href={crumb.href} className="whitespace-nowrap hover:text-ink hover:underline">
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current={last ? "page" : undefined} className={last ? "truncate font-medium text-ink" : ""}>
                  {crumb.label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
