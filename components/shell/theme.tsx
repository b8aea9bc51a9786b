export type Theme = "light" | "dark";

/** Holds the chosen theme, so that the server renders it and nothing flashes. */
export const THEME_COOKIE = "fp-theme";

/** The value for `<html data-theme>`; undefined (no choice yet) lets the system decide. */
export function themeOf(cookieValue: string | undefined): Theme | undefined {
  return cookieValue === "light" || cookieValue === "dark" ? cookieValue : undefined;
}
