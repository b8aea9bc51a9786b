"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

interface PopoverProps {
  /** Names the panel for screen readers. */
  label: string;
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  widthPx?: number;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

export function Popover({ label, trigger, align = "start", widthPx, open, onOpenChange, children }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          style={{ width: widthPx, maxWidth: "calc(100vw - 24px)" }}
          className="pop-panel z-(--z-popover) max-h-(--radix-popover-content-available-height) animate-[float-in_var(--dur-2)_var(--ease-out)] overflow-y-auto p-3 text-sm outline-none"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
