import Link from "next/link";
import { useId, type ComponentProps, type ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { drawIcon, type IconSource } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";
import { SpinnerArc } from "./spinner-arc.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger" | "danger-solid";
export type ButtonSize = "sm" | "md" | "lg";

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: IconSource;
  /** Makes it a link that looks like a button. */
  href?: string;
  /** With `href`: the browser saves instead of opening. */
  download?: boolean;
  /** Shown at the right end, for a key that does the same. */
  shortcut?: string;
  /** Work is under way: an arc appears and further presses do nothing. */
  pending?: boolean;
  /** Why it cannot be pressed now; written beside the button. The button stays reachable by keyboard. */
  disabledReason?: ReactNode;
  /** Square, for an icon alone; prefer `IconButton`, which brings label and tooltip. */
  square?: boolean;
  block?: boolean;
}

const BASE =
  "inline-flex flex-none items-center justify-center gap-1.5 border font-medium whitespace-nowrap rounded-md select-none " +
  "transition-colors duration-(--dur-1) ease-out no-underline aria-disabled:opacity-50";
const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-accent bg-accent text-on-accent shadow-1 not-aria-disabled:hover:bg-accent-hover",
  secondary: "border-line-strong bg-raised text-ink shadow-1 not-aria-disabled:hover:bg-hover",
  ghost: "border-transparent text-ink-2 not-aria-disabled:hover:bg-hover",
  danger: "border-line-strong bg-raised text-fault shadow-1 not-aria-disabled:hover:bg-fault-wash",
  "danger-solid": "border-fault bg-fault text-on-fault shadow-1 not-aria-disabled:hover:brightness-110",
};
const SIZES: Record<ButtonSize, string> = {
  sm: "h-(--control-sm) text-xs",
  md: "h-(--control-md) text-sm",
  lg: "h-(--control-lg) text-base",
};
const PADDING: Record<ButtonSize, string> = { sm: "px-[9px]", md: "px-3", lg: "px-4" };
const SQUARE: Record<ButtonSize, string> = {
  sm: "w-(--control-sm)",
  md: "w-(--control-md)",
  lg: "w-(--control-lg)",
};

/** The classes of a button, for the rare element that must look like one without being `Button`. */
export function buttonClass(props: Pick<ButtonProps, "variant" | "size" | "square" | "block"> = {}): string {
  const { variant = "secondary", size = "md", square, block } = props;
  return classNames(BASE, VARIANTS[variant], SIZES[size], square ? SQUARE[size] : PADDING[size], block && "w-full");
}

function iconTone(variant: ButtonVariant): string {
  return variant === "secondary" || variant === "ghost" ? "text-muted" : "";
}

export function Button(props: ButtonProps) {
  // One destructuring takes all own props out, so that `rest` holds nothing but attributes of a button.
  const {
    variant = "secondary",
    size = "md",
    icon,
    href,
    download,
    shortcut,
    pending = false,
    disabledReason,
    square,
    block,
    className,
    children,
    type,
    onClick,
    ...rest
  } = props;
  const reasonId = useId();
  const blocked = pending || disabledReason !== undefined;
  const looks = classNames(buttonClass({ variant, size, square, block }), className);
  const drawing = pending ? (
    <SpinnerArc className={size === "sm" ? "size-3.5" : "size-4"} />
  ) : (
    drawIcon(icon, size === "lg" ? "md" : "sm", classNames(iconTone(variant), !square && "-ml-0.5"))
  );
  const content = (
    <>
      {drawing}
      {children}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </>
  );
  if (href !== undefined && !blocked) {
    const label = { "aria-label": rest["aria-label"], title: rest.title, id: rest.id };
    if (download || /^(https?:|mailto:|\/api\/)/.test(href)) {
      return (
        <a href={href} className={looks} download={download} {...label}>
          {content}
        </a>
      );
    }
    return (
      <Link href={href} className={looks} {...label}>
        {content}
      </Link>
    );
  }
  const button = (
    <button
      {...rest}
      // aria-disabled instead of disabled: the button keeps focus and its reason can be read.
      type={blocked ? "button" : (type ?? "button")}
      onClick={blocked ? undefined : onClick}
      aria-disabled={blocked || undefined}
      aria-busy={pending || undefined}
      aria-describedby={disabledReason === undefined ? rest["aria-describedby"] : reasonId}
      className={looks}
    >
      {content}
    </button>
  );
  if (disabledReason === undefined) return button;
  return (
    <span className={classNames("inline-flex flex-wrap items-center gap-x-2.5 gap-y-1", block && "w-full")}>
      {button}
      <span id={reasonId} className="text-xs text-muted">
        {disabledReason}
      </span>
    </span>
  );
}
