"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button.tsx";
import type { IconSource } from "./icon.tsx";
import { Tooltip } from "./tooltip.tsx";

interface IconButtonProps extends Omit<ButtonProps, "icon" | "square" | "children" | "shortcut"> {
  /** Says what it does, to everyone: accessible name and tooltip. */
  label: string;
  icon: IconSource;
  /** Drawn over the icon, such as a dot for unread. */
  badge?: ReactNode;
}

export function IconButton({ label, icon, badge, variant = "ghost", className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <Button
        {...rest}
        variant={variant}
        icon={icon}
        square
        aria-label={label}
        className={`relative ${className ?? ""}`}
      >
        {badge}
      </Button>
    </Tooltip>
  );
}
