"use client";

import { Moon } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";

const YEAR_S = 31_536_000;

/** Light or dark for this browser; a cookie, so that the server renders the right one and nothing flashes. */
export function ThemeToggle() {
  const toggle = () => {
    const root = document.documentElement;
    const system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    document.cookie = `fp-theme=${next}; path=/; max-age=${YEAR_S}; samesite=lax`;
  };
  return <IconButton icon={Moon} label="Switch theme" variant="ghost" onClick={toggle} />;
}
