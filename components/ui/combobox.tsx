"use client";

import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { classNames } from "#lib/format/class-names";
import { controlFrame, Field, type FieldProps } from "./field.tsx";
import { Icon } from "./icon.tsx";
import type { Option } from "./select-field.tsx";

interface ComboboxProps extends FieldProps {
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  /** Puts the value into a form. */
  name?: string;
}

const SHOWN_MAX = 60;

function matches(option: Option, query: string): boolean {
  const text = `${option.label} ${option.value}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** One of many (sensors, datasets, time zones), found by typing. */
export function Combobox(props: ComboboxProps) {
  const { options, value, onChange, onBlur, placeholder = "Choose", name, ...field } = props;
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const chosen = options.find((option) => option.value === value);
  const found = options.filter((option) => matches(option, query));
  const setOpenness = (next: boolean) => {
    setOpen(next);
    setQuery("");
    if (!next) onBlur?.();
  };
  return (
    <Field {...field}>
      {(wiring) => (
        <Popover.Root open={open} onOpenChange={setOpenness}>
          <Popover.Trigger
            {...wiring}
            type="button"
            role="combobox"
            aria-expanded={open}
            className={classNames(
              controlFrame(wiring["aria-invalid"] ?? false),
              "w-full gap-2 px-2.5 text-left text-sm max-sm:text-lg",
            )}
          >
            <span className={classNames("min-w-0 flex-1 truncate", !chosen && !value && "text-muted")}>
              {chosen?.label ?? (value || placeholder)}
            </span>
            <Icon icon={ChevronsUpDown} size="sm" className="text-muted" />
          </Popover.Trigger>
          {name ? <input type="hidden" name={name} value={value} /> : null}
          <Popover.Portal>
            <Popover.Content
              align="start"
              sideOffset={4}
              collisionPadding={8}
              className="pop-panel z-(--z-tooltip) w-(--radix-popover-trigger-width) min-w-56 overflow-hidden outline-none"
            >
              <Command shouldFilter={false} label={typeof field.label === "string" ? field.label : placeholder}>
                <Command.Input
                  value={query}
                  onValueChange={setQuery}
                  placeholder="Type to find"
                  className="w-full border-b border-line bg-transparent px-3 py-2 text-sm outline-none max-sm:text-lg"
                />
                <Command.List className="max-h-64 overflow-y-auto p-[5px]">
                  <Command.Empty className="px-2 py-3 text-sm text-muted">Nothing matches “{query}”</Command.Empty>
                  {found.slice(0, SHOWN_MAX).map((option) => (
                    <Command.Item
                      key={option.value}
                      value={option.value}
                      disabled={option.disabled}
                      onSelect={() => {
                        onChange(option.value);
                        setOpenness(false);
                      }}
                      className="flex min-h-[30px] items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-hover max-sm:min-h-11"
                    >
                      <span className="min-w-0 flex-1 truncate">{option.label}</span>
                      {option.value === value ? <Icon icon={Check} size="sm" className="text-accent" /> : null}
                    </Command.Item>
                  ))}
                </Command.List>
                {found.length > SHOWN_MAX ? (
                  <p className="border-t border-line px-3 py-1.5 text-xs text-muted">
                    {SHOWN_MAX} of {found.length} shown, type more to narrow
                  </p>
                ) : null}
              </Command>
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </Field>
  );
}
