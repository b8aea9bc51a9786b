"use client";

import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { isTyping } from "#components/ui/toast";
import { NAV_ITEMS } from "./nav-items.tsx";

const OFF_KEY = "fp-shortcuts-off";
const CHANGED_EVENT = "fp:shortcuts";
const SEQUENCE_MS = 1200;

interface Shortcuts {
  onPalette: () => void;
  onGo: (href: string) => void;
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED_EVENT, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(CHANGED_EVENT, onChange);
    window.removeEventListener("storage", onChange);
  };
}

function readEnabled(): boolean {
  try {
    return localStorage.getItem(OFF_KEY) !== "1";
  } catch {
    return true; // storage may be blocked; then they stay on
  }
}

/** Whether single-key shortcuts are on in this browser; ⌘K and Esc always work. */
export function useShortcutsEnabled(): boolean {
  return useSyncExternalStore(subscribe, readEnabled, () => true);
}

export function setShortcutsEnabled(isEnabled: boolean): void {
  try {
    localStorage.setItem(OFF_KEY, isEnabled ? "0" : "1");
  } catch {
    return;
  }
  window.dispatchEvent(new Event(CHANGED_EVENT));
}

/** ⌘K opens the palette; G then a letter goes to a page, unless switched off. */
export function useShortcuts({ onPalette, onGo }: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent, lastGAt: { value: number }) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      onPalette();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || !readEnabled()) return;
    if (event.key.toLowerCase() === "g") {
      lastGAt.value = event.timeStamp;
      return;
    }
    if (event.timeStamp - lastGAt.value > SEQUENCE_MS) return;
    lastGAt.value = -Infinity;
    const item = NAV_ITEMS.find(({ key }) => key === event.key.toLowerCase());
    if (!item) return;
    event.preventDefault();
    onGo(item.href);
  });
  useEffect(() => {
    const lastGAt = { value: -Infinity };
    const listen = (event: KeyboardEvent) => press(event, lastGAt);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
