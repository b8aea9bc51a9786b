"use client";

import { Moon, Sun } from "lucide-react";
import { Icon } from "#components/ui/icon";
import { IconButton } from "#components/ui/icon-button";
import { THEME_COOKIE, themeOf, type Theme } from "./theme.tsx";

function currentTheme(): Theme {
  const chosen = themeOf(document.documentElement.dataset.theme);
  return chosen ?? (window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

/** Turns the page over and remembers it for a year. */
export function switchTheme(): void {
  const next: Theme = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${THEME_COOKIE}=${next}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

export function ThemeToggle() {
  return (
    <IconButton
      label="Switch theme"
      onClick={switchTheme}
      icon={
        <>
          <Icon icon={Moon} className="dark:hidden" />
          <Icon icon={Sun} className="hidden dark:block" />
        </>
      }
    />
  );
}
