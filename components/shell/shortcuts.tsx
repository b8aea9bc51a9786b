"use client";

import { useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { Switch } from "#components/ui/choice";
import { isTyping } from "#components/ui/toast";
import { NAV_ITEMS } from "./nav-items.tsx";

const STORAGE_KEY = "fp-shortcuts";
const CHANGED = "fp:shortcuts";
const CHORD_MS = 1200;

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener("storage", onChange);
  };
}

function readEnabled(): boolean {
  try {
    return window.localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    return true; // storage may be blocked; then the shortcuts stay on
  }
}

export function setShortcutsEnabled(enabled: boolean): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, enabled ? "on" : "off");
  } catch {
    return;
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** Whether single-key shortcuts are on in this browser; ⌘K and Esc always work. */
export function useShortcutsEnabled(): boolean {
  return useSyncExternalStore(subscribe, readEnabled, () => true);
}

/** `G`, then a letter, goes to a place of the navigation. */
export function useGoToKeys(): void {
  const enabled = useShortcutsEnabled();
  const router = useRouter();
  useEffect(() => {
    if (!enabled) return;
    let pressedAtMs = -Infinity;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (event.timeStamp - pressedAtMs < CHORD_MS) {
        pressedAtMs = -Infinity;
        const item = NAV_ITEMS.find((candidate) => candidate.letter === key);
        if (!item) return;
        event.preventDefault();
        router.push(item.href);
      } else if (key === "g") {
        pressedAtMs = event.timeStamp;
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [enabled, router]);
}

/** For the settings page. */
export function ShortcutsSwitch() {
  const enabled = useShortcutsEnabled();
  return (
    <Switch
      label="Single-key shortcuts"
      hint="G then a letter, J and K in lists, Z to undo. ⌘K and Esc always work."
      checked={enabled}
      onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
    />
  );
}
