import type { ReactNode } from "react";
import { classNames } from "#lib/format/class-names";

interface SectionProps {
  title?: ReactNode;
  /** Small, beside the title: units, counts, range. */
  caption?: ReactNode;
  /** At the right end of the head: a link or small controls. */
  more?: ReactNode;
  /** Accessible name when there is no title. */
  label?: string;
  /** Without padding, for a map or a table that runs to the edges. */
  flush?: boolean;
  children?: ReactNode;
  className?: string;
  id?: string;
}

/** Ruled, not boxed: one hairline below, across the column. */
export function Section({ title, caption, more, label, flush = false, children, className, id }: SectionProps) {
  return (
    <section
      id={id}
      aria-label={label}
      className={classNames("border-b border-line last:border-b-0", !flush && "gutter-x py-[18px]", className)}
    >
      {title === undefined ? null : <SectionHead {...{ title, caption, more }} />}
      {children}
    </section>
  );
}

export function SectionHead({ title, caption, more }: Pick<SectionProps, "title" | "caption" | "more">) {
  return (
    <div className="mb-2.5 flex flex-wrap items-baseline gap-x-2.5">
      <h2 className="text-base leading-5">{title}</h2>
      {caption === undefined ? null : <span className="cap max-md:order-3 max-md:basis-full">{caption}</span>}
      {more === undefined ? null : <span className="ml-auto flex items-center gap-2 text-xs">{more}</span>}
    </div>
  );
}
