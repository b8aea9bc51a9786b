import { Plus, X } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { Icon } from "./icon.tsx";

interface FilterBarProps {
  /** `FilterToken`s and an `AddFilter`. */
  children: ReactNode;
  /** Link that drops every filter; shown when given. */
  clearHref?: string;
  /** “412 of 1,038 sensors match”. */
  summary?: ReactNode;
  className?: string;
}

/** Filters mirror the URL query, so Back, share and export agree. */
export function FilterBar({ children, clearHref, summary, className }: FilterBarProps) {
  return (
    <div
      role="search"
      aria-label="Filters"
      className={classNames(
        "gutter-x flex min-h-(--bar-height) flex-none flex-wrap items-center gap-1.5 border-b border-line bg-surface py-1.5",
        "max-md:flex-nowrap max-md:overflow-x-auto max-md:*:flex-none",
        className,
      )}
    >
      {children}
      {clearHref === undefined ? null : (
        <Link
          href={clearHref}
          scroll={false}
          className="rounded-sm px-2 py-1 text-xs font-medium text-ink-2 hover:bg-hover max-sm:py-2"
        >
          Clear
        </Link>
      )}
      {summary === undefined ? null : <span className="ml-auto pl-3 text-xs text-muted">{summary}</span>}
    </div>
  );
}

const TOKEN_HEIGHT = "h-[26px] max-sm:h-9";

interface FilterTokenProps {
  name: ReactNode;
  value: ReactNode;
  /** The same page without this filter. */
  removeHref: string;
  /** For the remove link: “Remove filter quantity PM2.5”. */
  removeLabel: string;
}

/** key | value | × */
export function FilterToken({ name, value, removeHref, removeLabel }: FilterTokenProps) {
  return (
    <span
      className={classNames(
        "inline-flex items-stretch overflow-hidden rounded-sm border border-line-strong bg-raised text-xs whitespace-nowrap *:flex *:items-center",
        TOKEN_HEIGHT,
      )}
    >
      <span className="px-[7px] text-muted">{name}</span>
      <span className="border-l border-line px-[7px] font-medium">{value}</span>
      <Link
        href={removeHref}
        scroll={false}
        aria-label={removeLabel}
        className="w-6 justify-center border-l border-line text-muted hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 max-sm:w-9"
      >
        <Icon icon={X} size="xs" />
      </Link>
    </span>
  );
}

/** The dashed “Filter” button; use it as the trigger of a menu or popover. */
export function AddFilter({ children = "Filter", className, ...rest }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        "inline-flex items-center gap-[5px] rounded-sm border border-dashed border-line-strong px-2 text-xs text-muted hover:bg-hover hover:text-ink",
        TOKEN_HEIGHT,
        className,
      )}
    >
      <Icon icon={Plus} size="xs" />
      {children}
    </button>
  );
}
