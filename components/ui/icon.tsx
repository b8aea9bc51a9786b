import type { LucideIcon } from "lucide-react";
import { isValidElement, type ReactElement } from "react";
import { classNames } from "#lib/format/class-names";

/** A lucide component, or a ready element where a server component hands an icon to a client one. */
export type IconSource = LucideIcon | ReactElement;

const SIZES = { xs: "size-3", sm: "size-3.5", md: "size-4", lg: "size-5" } as const;
export type IconSize = keyof typeof SIZES;

interface IconProps {
  icon: LucideIcon;
  size?: IconSize;
  /** Only for an icon that stands alone and is no control. */
  label?: string;
  className?: string;
}

export function Icon({ icon: Drawing, size = "md", label, className }: IconProps) {
  return (
    <Drawing
      strokeWidth={1.75}
      className={classNames("flex-none", SIZES[size], className)}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    />
  );
}

export function drawIcon(source: IconSource | undefined, size: IconSize, className?: string) {
  if (source === undefined || isValidElement(source)) return source;
  // A lazily loaded server element is no valid element yet, but can be rendered as one.
  if (!isDrawing(source)) return source;
  return <Icon icon={source} size={size} className={className} />;
}

function isDrawing(source: LucideIcon | ReactElement): source is LucideIcon {
  return typeof source === "function" || "render" in source;
}
