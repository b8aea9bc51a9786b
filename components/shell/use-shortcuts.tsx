"use client";

import { useEffect, useEffectEvent } from "react";
import { NAV_ITEMS } from "./nav-items.tsx";

export const SHORTCUTS_OFF_KEY = "fp-shortcuts-off";
const SEQUENCE_MS = 1200;

interface Shortcuts {
  onPalette: () => void;
  onGo: (href: string) => void;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** ⌘K opens the palette; G then a letter goes to a page, unless switched off in the account settings. */
export function useShortcuts({ onPalette, onGo }: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent, lastGAt: { value: number }) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      onPalette();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (localStorage.getItem(SHORTCUTS_OFF_KEY) === "1") return;
    if (event.key.toLowerCase() === "g") {
      lastGAt.value = event.timeStamp;
      return;
    }
    if (event.timeStamp - lastGAt.value > SEQUENCE_MS) return;
    lastGAt.value = -Infinity;
    const item = NAV_ITEMS.find(({ key }) => key === event.key.toLowerCase());
    if (item) onGo(item.href);
  });
  useEffect(() => {
    const lastGAt = { value: -Infinity };
    const listen = (event: KeyboardEvent) => press(event, lastGAt);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
