"use client";

import { Command } from "cmdk";
import { Activity, Database, Play, Radio, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import useSWR from "swr";
import { z } from "zod";
import { Icon, type IconSource } from "#components/ui/icon";
import { Kbd } from "#components/ui/kbd";
import { NAV_ITEMS } from "./nav-items.tsx";
import { useShortcuts } from "./use-shortcuts.tsx";

interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

const sensors = z.object({ items: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })) });
const datasets = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

interface Found {
  href: string;
  label: string;
  note: string;
  icon: IconSource;
}

async function find(text: string): Promise<Found[]> {
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(path, { headers: { accept: "application/json" } });
    return answer.ok ? answer.json() : { items: [] };
  };
  const [byName, tables] = await Promise.all([
    get(`/api/v1/sensors?limit=6&q=${encodeURIComponent(text)}`),
    get("/api/v1/datasets?limit=50"),
  ]);
  const lower = text.toLowerCase();
  return [
    ...(sensors.safeParse(byName).data?.items ?? []).map((sensor) => ({
      href: `/sensors/${sensor.id}`,
      label: sensor.code,
      note: sensor.name,
      icon: Radio,
    })),
    ...(datasets.safeParse(tables).data?.items ?? [])
      .filter((dataset) => dataset.name.toLowerCase().includes(lower))
      .slice(0, 6)
      .map((dataset) => ({ href: `/datasets/${dataset.id}`, label: dataset.name, note: "dataset", icon: Database })),
  ];
}

/** ⌘K or Ctrl+K: go anywhere, start anything. */
export function CommandPalette({ isOpen, onOpenChange }: CommandPaletteProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  useShortcuts({ onPalette: () => onOpenChange(!isOpen), onGo: (href) => router.push(href) });
  const { data: found = [] } = useSWR(
    isOpen && text.trim().length >= 2 ? ["find", text.trim()] : null,
    ([, query]) => find(query),
    {
      keepPreviousData: true,
    },
  );
  const go = (href: string) => {
    onOpenChange(false);
    setText("");
    router.push(href);
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-(--z-dialog) bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-(--z-dialog) w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-3"
        >
          <Dialog.Title className="sr-only">Find or run</Dialog.Title>
          <Command label="Find or run" shouldFilter={text.trim().length < 2}>
            <div className="flex h-12 items-center gap-2.5 border-b border-line px-4">
              <Icon icon={Search} className="text-muted" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="Sensor, dataset or page"
                className="h-full flex-1 bg-transparent text-base outline-none"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="max-h-[52vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-sm text-muted">
                Nothing is called that.
              </Command.Empty>
              {found.length > 0 ? (
                <Group heading="Results">
                  {found.map((item) => (
                    <Row
                      key={item.href}
                      icon={item.icon}
                      value={item.href}
                      label={item.label}
                      note={item.note}
                      onSelect={() => go(item.href)}
                    />
                  ))}
                </Group>
              ) : null}
              <Group heading="Run">
                <Row
                  icon={Play}
                  value="run check"
                  label="Range, step and stuck check"
                  note="all sensors"
                  onSelect={() => go("/runs/new/range-step-stuck")}
                />
                <Row
                  icon={Activity}
                  value="runs live"
                  label="Runs in progress"
                  onSelect={() => go("/runs?state=live")}
                />
              </Group>
              <Group heading="Go to">
                {NAV_ITEMS.map((item) => (
                  <Row
                    key={item.href}
                    icon={item.icon}
                    value={`go ${item.label}`}
                    label={item.label}
                    keys={["G", item.key.toUpperCase()]}
                    onSelect={() => go(item.href)}
                  />
                ))}
              </Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ heading, children }: { heading: string; children: React.ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

interface RowProps {
  icon: IconSource;
  value: string;
  label: string;
  note?: string;
  keys?: string[];
  onSelect: () => void;
}

function Row({ icon, value, label, note, keys, onSelect }: RowProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-3 rounded-sm px-2.5 text-sm data-[selected=true]:bg-accent-wash"
    >
      {typeof icon === "object" && "props" in icon ? icon : <Icon icon={icon as never} className="text-muted" />}
      <span className="min-w-0 truncate">{label}</span>
      {note ? <span className="ml-auto truncate text-xs text-muted">{note}</span> : null}
      {keys ? (
        <span className="ml-auto flex gap-1">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      ) : null}
    </Command.Item>
  );
}
