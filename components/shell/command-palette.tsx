"use client";

import { Command } from "cmdk";
import { Keyboard, Search, SunMoon } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useEffect, useState, type ReactNode } from "react";
import { SCRIM } from "#components/ui/dialog";
import { drawIcon, Icon, type IconSource } from "#components/ui/icon";
import { Kbd } from "#components/ui/kbd";
import { NAV_ITEMS } from "./nav-items.tsx";
import { usePaletteSearch } from "./palette-search.tsx";
import { setShortcutsEnabled, useGoToKeys, useShortcutsEnabled } from "./shortcuts.tsx";
import { switchTheme } from "./theme-toggle.tsx";

export type PaletteGroup = "Results" | "Run" | "Go to" | "View";

export interface PaletteItem {
  id: string;
  group: PaletteGroup;
  label: string;
  icon?: IconSource;
  /** At the right: “4 parameters”, a kind, an age. */
  hint?: string;
  keys?: readonly string[];
  href?: string;
  onSelect?: () => void;
}

export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>;

interface CommandPaletteProps {
  /** Added to the places of the navigation: algorithms to run and the like. */
  items?: readonly PaletteItem[];
  /** Finds sensors, datasets, runs … for two letters and more. */
  onSearch?: PaletteSearch;
}

const OPEN_EVENT = "fp:find";
const GROUPS: readonly PaletteGroup[] = ["Results", "Run", "Go to", "View"];

/** Opens the palette from anywhere on the page. */
export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_EVENT));
}

function useOpenKeys(onOpen: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      onOpen();
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener(OPEN_EVENT, onOpen);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener(OPEN_EVENT, onOpen);
    };
  }, [onOpen]);
}

function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

function useOwnItems(): PaletteItem[] {
  const shortcuts = useShortcutsEnabled();
  return [
    ...NAV_ITEMS.map((item): PaletteItem => ({
      id: `go-${item.key}`,
      group: "Go to",
      label: item.label,
      icon: item.icon,
      href: item.href,
      keys: shortcuts ? ["G", item.letter.toUpperCase()] : [],
    })),
    { id: "theme", group: "View", label: "Switch between light and dark", icon: SunMoon, onSelect: switchTheme },
    {
      id: "shortcuts",
      group: "View",
      label: shortcuts ? "Turn single-key shortcuts off" : "Turn single-key shortcuts on",
      icon: Keyboard,
      onSelect: () => setShortcutsEnabled(!shortcuts),
    },
  ];
}

/** The “Find or run” button of the header and the palette it opens (⌘K, Ctrl K). */
export function CommandPalette({ items = [], onSearch }: CommandPaletteProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [openNow] = useState(() => () => setOpen(true));
  const router = useRouter();
  const own = useOwnItems();
  const search = usePaletteSearch(open ? query : "", onSearch);
  useOpenKeys(openNow);
  useGoToKeys();

  const words = wordsOf(query);
  const fitting = [...items, ...own].filter((item) => words.every((word) => item.label.toLowerCase().includes(word)));
  const shown = [...search.items, ...fitting];
  const setOpenness = (next: boolean) => {
    setOpen(next);
    setQuery("");
  };
  const choose = (item: PaletteItem) => {
    setOpenness(false);
    item.onSelect?.();
    if (item.href !== undefined) router.push(item.href);
  };
  return (
    <Radix.Root open={open} onOpenChange={setOpenness}>
      <Radix.Trigger className="flex h-[30px] w-56 items-center gap-2 rounded-md border border-line bg-bg px-2 text-sm text-muted hover:border-line-strong max-lg:w-40 max-md:hidden">
        <Icon icon={Search} size="sm" />
        <span className="flex-1 text-left">Find or run</span>
        <Kbd>⌘K</Kbd>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className={SCRIM} />
        <Radix.Content
          aria-describedby={undefined}
          className="pop-panel fixed top-[10vh] left-1/2 z-(--z-dialog) w-[600px] max-w-[calc(100vw-24px)] -translate-x-1/2 animate-[fade-in_var(--dur-2)] overflow-hidden outline-none"
        >
          <Radix.Title className="sr-only">Find or run</Radix.Title>
          <Command shouldFilter={false} loop label="Find or run">
            <div className="flex items-center gap-2.5 border-b border-line px-3.5 py-3">
              <Icon icon={Search} className="text-muted" />
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder="Sensors, datasets, runs, places"
                className="min-w-0 flex-1 bg-transparent text-[15px] outline-none max-sm:text-lg"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="max-h-[60vh] overflow-y-auto px-1.5 pb-1.5">
              {GROUPS.map((group) => (
                <PaletteGroupRows
                  key={group}
                  group={group}
                  words={words}
                  items={shown.filter((item) => item.group === group)}
                  onChoose={choose}
                />
              ))}
              {search.searching ? <PaletteNotice>Searching</PaletteNotice> : null}
              {search.failed ? (
                <PaletteNotice>Search gave no answer. Places and actions still work.</PaletteNotice>
              ) : null}
              {shown.length === 0 && !search.searching ? (
                <PaletteNotice>Nothing matches “{query}”</PaletteNotice>
              ) : null}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PaletteNotice({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="px-2.5 py-3 text-sm text-muted">
      {children}
    </p>
  );
}

interface PaletteGroupRowsProps {
  group: PaletteGroup;
  items: readonly PaletteItem[];
  words: readonly string[];
  onChoose: (item: PaletteItem) => void;
}

function PaletteGroupRows({ group, items, words, onChoose }: PaletteGroupRowsProps) {
  if (items.length === 0) return null;
  return (
    <Command.Group heading={<span className="cap block px-2.5 pt-2 pb-[3px]">{group}</span>}>
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={item.id}
          onSelect={() => onChoose(item)}
          className="flex h-[34px] items-center gap-2.5 rounded-sm px-2.5 text-sm data-[selected=true]:bg-accent-wash max-sm:h-11"
        >
          {drawIcon(item.icon, "sm", "text-muted")}
          <span className="min-w-0 flex-1 truncate">
            <Highlighted text={item.label} words={words} />
          </span>
          {item.hint ? <span className="text-xs whitespace-nowrap text-muted">{item.hint}</span> : null}
          {item.keys?.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Highlighted({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  // split with a capturing group: every odd piece is a match
  return text
    .split(new RegExp(`(${escaped.join("|")})`, "i"))
    .map((piece, index) => (index % 2 === 1 ? <b key={index}>{piece}</b> : piece));
}
