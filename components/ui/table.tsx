import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { Icon } from "./icon.tsx";

interface TableProps {
  /** Says what the rows are, for screen readers. */
  label: string;
  dense?: boolean;
  /** On phones rows stay rows and the table scrolls sideways; only for raw data. */
  wide?: boolean;
  children: ReactNode;
  className?: string;
}

/**
 * Rows ruled by hairlines; on phones each row becomes a block (see `Td phone`).
 * The roles repeat what the elements say, because a changed `display` takes the meaning from them in some browsers.
 */
export function Table({ label, dense = false, wide = false, children, className }: TableProps) {
  const table = (
    <table
      role="table"
      aria-label={label}
      data-stack={wide ? undefined : ""}
      className={classNames(
        "group/table w-full border-collapse text-sm leading-[18px]",
        dense ? "[--cell-height:var(--row-dense)]" : "[--cell-height:var(--row)]",
        !wide && "max-md:block",
        className,
      )}
    >
      {children}
    </table>
  );
  // tabIndex: what scrolls must be reachable by keyboard.
  return wide ? (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
      {table}
    </div>
  ) : (
    table
  );
}

export function Thead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="max-md:group-data-stack/table:sr-only">
      <tr role="row">{children}</tr>
    </thead>
  );
}

export function Tbody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="max-md:group-data-stack/table:block">
      {children}
    </tbody>
  );
}

interface ThProps {
  children?: ReactNode;
  num?: boolean;
  /** Makes the head a link that sorts; `direction` marks the sorted column. */
  sort?: { href: string; direction?: "ascending" | "descending" };
  widthPx?: number;
  className?: string;
}

export function Th({ children, num = false, sort, widthPx, className }: ThProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sort ? (sort.direction ?? "none") : undefined}
      style={{ width: widthPx }}
      className={classNames(
        "cap border-b border-line-strong py-1.5 pr-3 align-bottom whitespace-nowrap last:pr-0",
        num ? "text-right" : "text-left",
        className,
      )}
    >
      {sort ? (
        <Link href={sort.href} className="inline-flex items-center gap-1 hover:text-ink" scroll={false}>
          {children}
          {sort.direction ? <Icon icon={sort.direction === "ascending" ? ArrowUp : ArrowDown} size="xs" /> : null}
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

interface TrProps extends Omit<ComponentProps<"tr">, "role"> {
  selected?: boolean;
}

/** A row; with a `RowLink` in its first cell the whole row opens. */
export function Tr({ selected = false, className, children, ...rest }: TrProps) {
  return (
    <tr
      role="row"
      {...rest}
      data-selected={selected ? "" : undefined}
      className={classNames(
        "group/row relative border-b border-line last:border-b-0",
        "max-md:group-data-stack/table:grid max-md:group-data-stack/table:grid-cols-[minmax(0,1fr)_auto] max-md:group-data-stack/table:gap-x-3 max-md:group-data-stack/table:gap-y-1 max-md:group-data-stack/table:py-3",
        selected
          ? "bg-accent-wash shadow-[inset_2px_0_0_var(--color-accent)] max-md:group-data-stack/table:pl-2.5"
          : "hover:bg-hover",
        className,
      )}
    >
      {children}
    </tr>
  );
}

const PHONE = {
  main: "max-md:group-data-stack/table:col-start-1 max-md:group-data-stack/table:row-start-1",
  end: "max-md:group-data-stack/table:col-start-2 max-md:group-data-stack/table:row-start-1 max-md:group-data-stack/table:text-right",
  line: "max-md:group-data-stack/table:col-span-2",
  hide: "max-md:group-data-stack/table:hidden",
} as const;

interface TdProps extends Omit<ComponentProps<"td">, "role"> {
  num?: boolean;
  muted?: boolean;
  nowrap?: boolean;
  /** Place in the block a row becomes on phones: its first line, the right end of it, a line of its own, or left out. */
  phone?: keyof typeof PHONE;
  /** Written before the value on phones, where the column head is not seen. */
  phoneLabel?: string;
}

export function Td(props: TdProps) {
  const {
    num = false,
    muted = false,
    nowrap = false,
    phone = "line",
    phoneLabel,
    className,
    children,
    ...rest
  } = props;
  return (
    <td
      role="cell"
      {...rest}
      className={classNames(
        "h-(--cell-height) pr-3 align-middle group-data-selected/row:first:pl-2.5 last:pr-0 md:group-not-data-stack/table:whitespace-nowrap",
        "max-md:group-data-stack/table:block max-md:group-data-stack/table:h-auto max-md:group-data-stack/table:p-0 max-md:group-data-stack/table:first:pl-0",
        num && "text-right",
        num && phone === "line" && "max-md:group-data-stack/table:text-left",
        muted && "text-muted",
        nowrap && "whitespace-nowrap",
        PHONE[phone],
        className,
      )}
    >
      {phoneLabel ? <span className="text-xs text-muted md:hidden">{phoneLabel} </span> : null}
      {children}
    </td>
  );
}

/** The link of a row; its area is the whole row. Other controls in the row need `RowActions` around them. */
export function RowLink({ href, children, className }: { href: string; children: ReactNode; className?: string }) {
  return (
    <Link
      href={href}
      className={classNames(
        "font-medium text-ink after:absolute after:inset-0 focus-visible:outline-0 focus-visible:after:rounded-xs focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus",
        className,
      )}
    >
      {children}
    </Link>
  );
}

/** Lifts the controls of a row above its row link. */
export function RowActions({ children }: { children: ReactNode }) {
  return <div className="relative z-1 flex items-center justify-end gap-1">{children}</div>;
}
