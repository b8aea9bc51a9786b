"use client";

import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { StateShape } from "#components/ui/state-shape";

interface SecretNoteProps {
  /** What was made: “Key “Gateway Skagit” created”. */
  title: ReactNode;
  secret: string;
  /** What is copied: “key”, “link”. */
  what: string;
  /** More to know, such as where a letter went. */
  children?: ReactNode;
  onDone: () => void;
}

/** Something shown this one time: whole, to copy, until the person says it is safe. */
export function SecretNote({ title, secret, what, children, onDone }: SecretNoteProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [secret]);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={`New ${what}`}
      className="mb-[22px] rounded-md bg-good-wash px-3 py-2.5 text-sm outline-none"
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1" role="status">
        <StateShape shape="good" />
        <b>{title}</b>
        <span className="text-xs text-ink-2">Copy it now. It is not shown again.</span>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code
          tabIndex={0}
          className="min-w-0 flex-1 basis-64 overflow-x-auto rounded-md border border-line-strong bg-raised px-3 py-2 font-mono text-[13px] whitespace-nowrap"
        >
          {secret}
        </code>
        <CopyButton text={secret} what={what} variant="secondary" size="md">
          Copy
        </CopyButton>
        <Button variant="ghost" onClick={onDone}>
          Done
        </Button>
      </div>
      {children === undefined ? null : <p className="mt-2 text-xs text-ink-2">{children}</p>}
    </div>
  );
}
