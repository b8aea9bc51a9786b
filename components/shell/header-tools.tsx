"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { Icon } from "#components/ui/icon";
import { Kbd } from "#components/ui/kbd";
import { CommandPalette } from "./command-palette.tsx";
import { Inbox } from "./inbox.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import { UserMenu } from "./user-menu.tsx";

/** What stands at the right of every header: find or run, theme, inbox, you. */
export function HeaderTools() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="flex flex-none items-center gap-2">
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-[30px] w-56 items-center gap-2 rounded-md border border-line bg-bg px-2 text-sm text-muted hover:border-line-strong max-[1180px]:w-auto max-[860px]:hidden"
      >
        <Icon icon={Search} size="sm" />
        Find or run
        <span className="ml-auto max-[1180px]:hidden">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      <CommandPalette isOpen={isOpen} onOpenChange={setIsOpen} />
      <span className="max-[860px]:hidden">
        <ThemeToggle />
      </span>
      <Inbox />
      <UserMenu />
    </div>
  );
}
