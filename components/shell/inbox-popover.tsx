"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { Popover as Radix } from "radix-ui";
import { useState } from "react";
import { Age } from "#components/ui/age";
import { Button } from "#components/ui/button";
import { StateShape, type Shape } from "#components/ui/state-shape";
import type { Instant } from "#lib/format/dates";
import { countOf } from "#lib/format/lists";

export interface InboxItem {
  id: string;
  state: Shape;
  title: string;
  detail?: string;
  at: Instant;
  href?: string;
  read: boolean;
}

interface InboxPopoverProps {
  items: readonly InboxItem[];
  unread: number;
  now: Instant;
  timeZone: string;
  /** The page with all of them. */
  allHref?: string;
  /** Called when it opens, to fetch the newest. */
  onOpen?: () => void;
  onRead?: (id: string) => void;
  onReadAll?: () => void;
}

export function InboxPopover(props: InboxPopoverProps) {
  const [open, setOpen] = useState(false);
  const label = props.unread > 0 ? `Inbox, ${props.unread} unread` : "Inbox";
  return (
    <Radix.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) props.onOpen?.();
      }}
    >
      <Radix.Trigger asChild>
        <Button variant="ghost" square icon={Bell} aria-label={label} title={label} className="relative">
          {props.unread > 0 ? (
            <span className="absolute top-1/2 left-1/2 size-[7px] translate-x-[3px] -translate-y-[11px] rounded-full bg-fault-mark shadow-[0_0_0_2px_var(--color-surface)]" />
          ) : null}
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label="Inbox"
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="pop-panel z-(--z-popover) flex max-h-[70vh] w-[380px] max-w-[calc(100vw-24px)] animate-[float-in_var(--dur-2)_var(--ease-out)] flex-col outline-none"
        >
          <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
            <h2 className="text-base">Inbox</h2>
            {props.unread > 0 && props.onReadAll ? (
              <Button variant="ghost" size="sm" onClick={props.onReadAll}>
                Mark {countOf(props.unread, "message")} read
              </Button>
            ) : null}
          </div>
          {props.items.length === 0 ? (
            <p className="px-4 py-8 text-center text-sm text-muted">
              Nothing here. Finished datasets, failed runs and faults are told here.
            </p>
          ) : (
            <ul className="min-h-0 overflow-y-auto">
              {props.items.map((item) => (
                <InboxRow key={item.id} item={item} {...props} onLeave={() => setOpen(false)} />
              ))}
            </ul>
          )}
          {props.allHref === undefined ? null : (
            <Link
              href={props.allHref}
              onClick={() => setOpen(false)}
              className="link-bare border-t border-line px-4 py-2.5 text-xs"
            >
              All notifications
            </Link>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface InboxRowProps extends Pick<InboxPopoverProps, "now" | "timeZone" | "onRead"> {
  item: InboxItem;
  onLeave: () => void;
}

function InboxRow({ item, now, timeZone, onRead, onLeave }: InboxRowProps) {
  const content = (
    <>
      <StateShape shape={item.state} className="mt-1" />
      <span className="min-w-0 flex-1">
        <span className={item.read ? "block" : "block font-bold"}>
          <span className="sr-only">{item.read ? "" : "unread: "}</span>
          {item.title}
        </span>
        {item.detail === undefined ? null : <span className="block text-xs text-muted">{item.detail}</span>}
      </span>
      <span className="text-xs text-muted">
        <Age at={item.at} now={now} timeZone={timeZone} />
      </span>
    </>
  );
  const className = "flex w-full items-start gap-2.5 px-4 py-2.5 text-left text-sm hover:bg-hover";
  const read = () => {
    if (!item.read) onRead?.(item.id);
  };
  return (
    <li className="border-b border-line last:border-b-0">
      {item.href === undefined ? (
        <button type="button" className={className} onClick={read}>
          {content}
        </button>
      ) : (
        <Link
          href={item.href}
          className={className}
          onClick={() => {
            read();
            onLeave();
          }}
        >
          {content}
        </Link>
      )}
    </li>
  );
}
