"use client";

import Link from "next/link";
import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { drawIcon, type IconSource } from "./icon.tsx";

const FRAME = "inline-flex flex-none gap-px rounded-md border border-line-strong bg-sunken p-0.5";
const SEGMENT =
  "inline-flex h-[calc(var(--control-sm)-2px)] items-center gap-[5px] rounded-sm px-[9px] text-xs font-medium whitespace-nowrap text-muted hover:text-ink";
const CHOSEN =
  "aria-[current]:bg-raised aria-[current]:text-ink aria-[current]:shadow-[0_0_0_1px_var(--color-line),var(--shadow-1)] " +
  "data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--color-line),var(--shadow-1)]";

interface Segment<Value extends string> {
  value: Value;
  label: ReactNode;
  icon?: IconSource;
}

interface SegmentedControlProps<Value extends string> {
  /** Names the choice for screen readers. */
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few, chosen at once; arrow keys move between them. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const choose = (value: string) => {
    const segment = props.segments.find((candidate) => candidate.value === value);
    if (segment) props.onChange(segment.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={choose}
      className={FRAME}
    >
      {props.segments.map((segment) => (
        <ToggleGroup.Item key={segment.value} value={segment.value} className={`${SEGMENT} ${CHOSEN}`}>
          {drawIcon(segment.icon, "sm")}
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

interface SegmentedLinksProps {
  label: string;
  segments: readonly { href: string; label: ReactNode; icon?: IconSource; current?: boolean }[];
}

/** Where the row is wider than a phone, the chosen one is in sight. */
const bringIntoSight = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: "nearest", inline: "center" });

/** The same look for a choice that lives in the URL. */
export function SegmentedLinks({ label, segments }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className={FRAME}>
      {segments.map((segment) => (
        <Link
          key={segment.href}
          href={segment.href}
          ref={segment.current ? bringIntoSight : undefined}
          aria-current={segment.current ? "page" : undefined}
          className={`${SEGMENT} ${CHOSEN}`}
        >
          {drawIcon(segment.icon, "sm")}
          {segment.label}
        </Link>
      ))}
    </nav>
  );
}
