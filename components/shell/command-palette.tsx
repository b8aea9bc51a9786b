"use client";

import { Command } from "cmdk";
import { Activity, Keyboard, Play, Search, SunMoon } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useEffect, useState, type ReactNode } from "react";
import useSWR from "swr";
import { SCRIM } from "#components/ui/dialog";
import { Icon } from "#components/ui/icon";
import { Kbd } from "#components/ui/kbd";
import { findAnything, type Found } from "./find-anything.ts";
import { NAV_ITEMS } from "./nav-items.tsx";
import { PaletteRows, type PaletteItem } from "./palette-rows.tsx";
import { switchTheme } from "./theme-toggle.tsx";
import { setShortcutsEnabled, useShortcuts, useShortcutsEnabled } from "./use-shortcuts.tsx";

const OPEN_EVENT = "fp:find";

const RUN_ITEMS: readonly PaletteItem[] = [
  {
    id: "run-check",
    label: "Range, step and stuck check",
    note: "all sensors",
    icon: Play,
    href: "/runs/new/range-step-stuck",
  },
  {
    id: "run-network-check",
    label: "Neighbour and reference check",
    note: "all sensors",
    icon: Play,
    href: "/runs/new/check-network",
  },
  { id: "runs-live", label: "Runs in progress", icon: Activity, href: "/runs?state=live" },
];

interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Opens the palette from anywhere on the page. */
export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_EVENT));
}

function useOpenEvent(onOpenChange: (isOpen: boolean) => void) {
  useEffect(() => {
    const open = () => onOpenChange(true);
    window.addEventListener(OPEN_EVENT, open);
    return () => window.removeEventListener(OPEN_EVENT, open);
  }, [onOpenChange]);
}

function useSearch(text: string, isOpen: boolean) {
  const asked = text.trim();
  const { data, error, isLoading } = useSWR<Found[], Error>(
    isOpen && asked.length >= 2 ? ["find", asked] : null,
    () => findAnything(asked),
    { keepPreviousData: true },
  );
  const found = asked.length >= 2 ? (data ?? []) : [];
  return {
    found: found.map((item): PaletteItem => ({ ...item, id: item.href })),
    hasFailed: error !== undefined,
    isLoading,
  };
}

/** ⌘K or Ctrl+K: go anywhere, start anything. */
export function CommandPalette({ isOpen, onOpenChange }: CommandPaletteProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  const hasShortcuts = useShortcutsEnabled();
  useShortcuts({ onPalette: () => onOpenChange(!isOpen), onGo: (href) => router.push(href) });
  useOpenEvent(onOpenChange);
  const { found, hasFailed, isLoading } = useSearch(text, isOpen);

  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = (items: readonly PaletteItem[]) =>
    items.filter((item) => words.every((word) => item.label.toLowerCase().includes(word)));
  const groups = [
    { heading: "Results", items: found },
    { heading: "Run", items: fitting(RUN_ITEMS) },
    {
      heading: "Go to",
      items: fitting(
        NAV_ITEMS.map((item) => ({
          id: `go-${item.key}`,
          label: item.label,
          icon: item.icon,
          href: item.href,
          keys: hasShortcuts ? ["G", item.key.toUpperCase()] : [],
        })),
      ),
    },
    {
      heading: "This browser",
      items: fitting([
        { id: "theme", label: "Switch between light and dark", icon: SunMoon, run: switchTheme },
        {
          id: "shortcuts",
          label: `Turn single-key shortcuts ${hasShortcuts ? "off" : "on"}`,
          icon: Keyboard,
          run: () => setShortcutsEnabled(!hasShortcuts),
        },
      ]),
    },
  ];
  const isEmpty = groups.every((group) => group.items.length === 0);
  const setOpen = (next: boolean) => {
    onOpenChange(next);
    if (!next) setText("");
  };
  const choose = (item: PaletteItem) => {
    setOpen(false);
    item.run?.();
    if (item.href !== undefined) router.push(item.href);
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={SCRIM} />
        <Dialog.Content
          aria-describedby={undefined}
          className="pop-panel fixed top-[10vh] left-1/2 z-(--z-dialog) w-[600px] max-w-[calc(100vw-24px)] -translate-x-1/2 animate-[fade-in_var(--dur-2)] overflow-hidden outline-none"
        >
          <Dialog.Title className="sr-only">Find or run</Dialog.Title>
          <Command label="Find or run" shouldFilter={false} loop>
            <div className="flex h-12 items-center gap-2.5 border-b border-line px-4">
              <Icon icon={Search} className="text-muted" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="Sensor, dataset or page"
                className="h-full min-w-0 flex-1 bg-transparent text-[15px] outline-none max-sm:text-lg"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="max-h-[60vh] overflow-y-auto px-1.5 pb-1.5">
              {groups.map((group) => (
                <PaletteRows key={group.heading} {...group} words={words} onChoose={choose} />
              ))}
              {hasFailed ? <Notice>The search gives no answer. Pages and actions still work.</Notice> : null}
              {isLoading ? <Notice>Searching</Notice> : null}
              {isEmpty && !isLoading ? <Notice>Nothing is called “{text.trim()}”.</Notice> : null}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="px-2.5 py-3 text-sm text-muted">
      {children}
    </p>
  );
}
