"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { TAB, TAB_LIST } from "./link-tabs.tsx";

interface TabsProps {
  label: string;
  tabs: readonly { value: string; label: ReactNode; count?: ReactNode; content: ReactNode }[];
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
}

/** Tabs inside a page; use `LinkTabs` when the choice belongs into the URL. */
export function Tabs({ label, tabs, defaultValue, value, onChange }: TabsProps) {
  return (
    <Radix.Root value={value} defaultValue={defaultValue ?? tabs[0]?.value} onValueChange={onChange}>
      <Radix.List aria-label={label} className={TAB_LIST}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={TAB}>
            {tab.label}
            {tab.count === undefined ? null : <span className="ml-[5px] font-normal text-muted">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4 -outline-offset-2">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
