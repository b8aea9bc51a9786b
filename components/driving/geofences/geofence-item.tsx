import type { ReactNode } from "react";
import { classNames } from "#lib/format/class-names";
import { joinList } from "#lib/format/lists";
import { shapeWords } from "#lib/driving/rules/core/fence-outline";
import type { Geofence } from "#lib/driving/rules/schema";

interface GeofenceItemProps {
  geofence: Geofence;
  isSelected: boolean;
  onSelect: () => void;
  /** Buttons, for those who may change it. */
  children: ReactNode;
}

/** Chosen on the map it is in sight here too. */
const bringIntoSight = (item: HTMLLIElement | null) => item?.scrollIntoView({ block: "nearest" });

export function GeofenceItem({
  geofence: { name, shape, ruleNames },
  isSelected,
  onSelect,
  children,
}: GeofenceItemProps) {
  return (
    <li
      aria-label={name}
      ref={isSelected ? bringIntoSight : undefined}
      className={classNames(
        "relative flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-[18px] py-2.5 [contain-intrinsic-height:64px] [content-visibility:auto]",
        isSelected ? "bg-accent-wash shadow-[inset_2px_0_0_var(--color-accent)]" : "hover:bg-hover",
      )}
    >
      <div className="min-w-0 flex-1 basis-40">
        <button
          type="button"
          aria-pressed={isSelected}
          onClick={onSelect}
          className="max-w-full cursor-pointer text-left text-sm font-medium break-words after:absolute after:inset-0 focus-visible:outline-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
        >
          {name}
        </button>
        <p className="text-xs text-ink-2">{shapeWords(shape)}</p>
        <p className="text-xs break-words text-muted">
          {ruleNames.length === 0 ? "no rule is limited to it" : `limits ${joinList(ruleNames, 4)}`}
        </p>
      </div>
      <div className="relative z-1 flex gap-2 empty:hidden">{children}</div>
    </li>
  );
}
