import { X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface FilterTokenProps {
  /** “state”. */
  name: string;
  /** “fault, suspect”. */
  value: ReactNode;
  /** The page without this filter. */
  removeHref: string;
}

const CELL = "flex items-center px-[7px]";

/** One filter as *key | value | ×*; it mirrors a part of the URL. */
export function FilterToken({ name, value, removeHref }: FilterTokenProps) {
  return (
    <span className="inline-flex h-[26px] flex-none items-stretch overflow-hidden rounded-sm border border-line-strong bg-raised text-xs whitespace-nowrap max-md:h-9">
      <span className={`${CELL} text-muted`}>{name}</span>
      <span className={`${CELL} border-l border-line font-medium`}>{value}</span>
      <Link
        href={removeHref}
        scroll={false}
        aria-label={`Remove the filter “${name}”`}
        className="grid w-6 place-items-center border-l border-line text-muted -outline-offset-2 hover:bg-hover hover:text-ink max-md:w-9"
      >
        <Icon icon={X} size="xs" />
      </Link>
    </span>
  );
}
