"use client";

import { Moon, Sun } from "lucide-react";
import { Icon } from "#components/ui/icon";
import { IconButton } from "#components/ui/icon-button";
import { THEME_COOKIE, themeOf } from "./theme.tsx";

const YEAR_S = 31_536_000;

/** Light or dark for this browser; a cookie, so that the server renders the right one and nothing flashes. */
export function switchTheme(): void {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (themeOf(root.dataset.theme) ?? system) === "dark" ? "light" : "dark";
  root.dataset.theme = next;
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${THEME_COOKIE}=${next}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
}

/** Both icons are there; the theme shows the one of the other side, on the server too. */
export const THEME_ICON = (
  <>
    <Icon icon={Moon} className="dark:hidden" />
    <Icon icon={Sun} className="hidden dark:block" />
  </>
);

export function ThemeToggle() {
  return <IconButton icon={THEME_ICON} label="Switch theme" onClick={switchTheme} />;
}
