import type { ReactNode } from "react";

interface PageHeadProps {
  title: ReactNode;
  /** The one page title of 26 px, for a page that opens with a sentence as its answer. */
  answer?: boolean;
  /** State, version and the like beside the title. */
  badges?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

export function PageHead({ title, answer = false, badges, children, actions }: PageHeadProps) {
  return (
    <div className="flex not-last:mb-[18px] items-start justify-between gap-4 max-md:flex-wrap max-md:gap-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className={answer ? "text-2xl" : undefined}>{title}</h1>
          {badges}
        </div>
        {children === undefined ? null : <div className="mt-[3px] max-w-(--measure) text-muted">{children}</div>}
      </div>
      {actions === undefined ? null : <div className="flex max-w-full flex-none flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
