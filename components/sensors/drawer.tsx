"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { IconButton } from "#components/ui/icon-button";
import { classNames } from "#lib/format/class-names";

interface DrawerProps {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** Right column of a map; a bottom sheet on phones, which its handle raises. Escape closes. */
export function Drawer({ label, onClose, children }: DrawerProps) {
  const [isRaised, setRaised] = useState(false);
  const panel = useRef<HTMLElement>(null);
  // Opening it from the map's keyboard leads into it; closing leads back to the map by itself.
  useEffect(() => panel.current?.focus({ preventScroll: true }), [label]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <aside
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className={classNames(
        "relative min-h-0 animate-[fade-in_var(--dur-3)_var(--ease-out)] overflow-y-auto border-l border-line bg-surface outline-none",
        "max-md:fixed max-md:inset-x-0 max-md:bottom-[60px] max-md:z-30 max-md:animate-[slide-up_var(--dur-3)_var(--ease-out)] max-md:rounded-t-2xl max-md:border-t max-md:border-l-0 max-md:bg-raised max-md:shadow-3",
        isRaised ? "max-md:h-[76dvh]" : "max-md:h-[286px]",
      )}
    >
      <button
        type="button"
        aria-label={isRaised ? "Lower panel" : "Raise panel"}
        aria-expanded={isRaised}
        onClick={() => setRaised(!isRaised)}
        className="sticky top-0 z-1 grid h-7 w-full place-items-center bg-raised md:hidden"
      >
        <span aria-hidden className="h-1 w-9 rounded-full bg-line-strong" />
      </button>
      <div className="absolute top-3 right-3 z-2 max-md:top-7">
        <IconButton label="Close" icon={X} size="sm" onClick={onClose} className="max-md:size-9" />
      </div>
      {children}
    </aside>
  );
}
