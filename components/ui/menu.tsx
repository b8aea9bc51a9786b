"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { drawIcon, Icon, type IconSource } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";

interface MenuProps {
  trigger: ReactElement;
  align?: "start" | "end";
  widthPx?: number;
  children: ReactNode;
}

export function Menu({ trigger, align = "end", widthPx = 210, children }: MenuProps) {
  return (
    // not modal: the page behind stays readable for screen readers
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          style={{ minWidth: widthPx }}
          className="pop-panel z-(--z-popover) animate-[float-in_var(--dur-2)_var(--ease-out)] p-[5px] outline-none"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const ITEM =
  "flex h-[30px] cursor-default items-center gap-[9px] rounded-sm px-[9px] text-sm no-underline outline-none select-none " +
  "data-highlighted:bg-hover data-disabled:text-faint max-sm:h-11";

interface MenuItemProps {
  icon?: IconSource;
  shortcut?: string;
  danger?: boolean;
  /** Why it cannot be chosen now; shown as a second word. */
  disabledReason?: string;
  /** Marks the chosen one of several. */
  checked?: boolean;
  href?: string;
  download?: boolean;
  onSelect?: () => void;
  children: ReactNode;
}

export function MenuItem(props: MenuItemProps) {
  const content = (
    <>
      {drawIcon(props.icon, "sm", props.danger ? "" : "text-muted")}
      <span className="min-w-0 flex-1 truncate">{props.children}</span>
      {props.disabledReason === undefined ? null : <span className="text-xs text-muted">{props.disabledReason}</span>}
      {props.shortcut ? <Kbd>{props.shortcut}</Kbd> : null}
      {props.checked ? <Icon icon={Check} size="sm" className="text-accent" /> : null}
    </>
  );
  const className = classNames(ITEM, props.danger && "text-fault");
  if (props.href === undefined) {
    return (
      <Radix.Item
        className={className}
        disabled={props.disabledReason !== undefined}
        onSelect={props.onSelect}
        aria-current={props.checked || undefined}
      >
        {content}
      </Radix.Item>
    );
  }
  return (
    <Radix.Item asChild className={className} disabled={props.disabledReason !== undefined} onSelect={props.onSelect}>
      {props.download || props.href.startsWith("/api/") ? (
        <a href={props.href} download={props.download}>
          {content}
        </a>
      ) : (
        <Link href={props.href}>{content}</Link>
      )}
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="cap px-[9px] pt-1.5 pb-1">{children}</Radix.Label>;
}
