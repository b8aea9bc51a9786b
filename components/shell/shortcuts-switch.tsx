"use client";

import { Switch } from "#components/ui/choice";
import { setShortcutsEnabled, useShortcutsEnabled } from "./use-shortcuts.tsx";

/** For the account settings. */
export function ShortcutsSwitch() {
  return (
    <Switch
      label="Single-key shortcuts"
      hint="G then a letter goes to a page, Z undoes. ⌘K and Esc always work."
      checked={useShortcutsEnabled()}
      onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
    />
  );
}
