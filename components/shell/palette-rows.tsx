"use client";

import { Command } from "cmdk";
import { drawIcon, type IconSource } from "#components/ui/icon";
import { Kbd } from "#components/ui/kbd";

export interface PaletteItem {
  id: string;
  label: string;
  /** At the right: a name, a kind. */
  note?: string;
  icon: IconSource;
  keys?: readonly string[];
  href?: string;
  run?: () => void;
}

interface PaletteRowsProps {
  heading: string;
  items: readonly PaletteItem[];
  /** Shown bold where they occur. */
  words: readonly string[];
  onChoose: (item: PaletteItem) => void;
}

export function PaletteRows({ heading, items, words, onChoose }: PaletteRowsProps) {
  if (items.length === 0) return null;
  return (
    <Command.Group heading={<span className="cap block px-2.5 pt-2 pb-[3px]">{heading}</span>}>
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={item.id}
          onSelect={() => onChoose(item)}
          className="flex h-[34px] cursor-pointer items-center gap-2.5 rounded-sm px-2.5 text-sm data-[selected=true]:bg-accent-wash max-sm:h-11"
        >
          {drawIcon(item.icon, "sm", "text-muted")}
          <span className="min-w-0 flex-1 truncate">
            <Highlighted text={item.label} words={words} />
          </span>
          {item.note ? <span className="max-w-[45%] truncate text-xs text-muted">{item.note}</span> : null}
          {item.keys?.map((key) => (
            <span key={key} className="max-sm:hidden">
              <Kbd>{key}</Kbd>
            </span>
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
