import type { MapState } from "#lib/maps/spec";
import { VALUE_CLASS_COUNT } from "#lib/maps/value-classes";

const CATEGORY_COUNT = 6;

/** Colours and type of the current theme, read once from the custom properties: a canvas cannot use `var()`. */
export interface MapPalette {
  isDark: boolean;
  water: string;
  land: string;
  border: string;
  borderStrong: string;
  graticule: string;
  label: string;
  coast: string;
  halo: string;
  ink: string;
  ink2: string;
  bg: string;
  surface: string;
  raised: string;
  line: string;
  focus: string;
  accent: string;
  state: Record<MapState, string>;
  /** Classes 1 to 7 at index 0 to 6. */
  sequence: string[];
  /** Kinds 1 to 6 at index 0 to 5. */
  categories: string[];
  fontFamily: string;
}

/** Reads the palette where it applies; `element` decides which theme that is. */
export function readPalette(element: Element): MapPalette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim() || "#888";
  const color = (name: string) => token(`--color-${name}`);
  return {
    isDark: style.colorScheme === "dark",
    water: color("map-water"),
    land: color("map-land"),
    border: color("map-border"),
    borderStrong: color("map-border-strong"),
    graticule: color("map-graticule"),
    label: color("map-label"),
    coast: color("map-coast"),
    halo: color("map-halo"),
    ink: color("ink"),
    ink2: color("ink-2"),
    bg: color("bg"),
    surface: color("surface"),
    raised: color("raised"),
    line: color("line"),
    focus: color("focus"),
    accent: color("accent"),
    state: {
      good: color("good-mark"),
      recovered: color("good-mark"),
      suspect: color("suspect-mark"),
      fault: color("fault-mark"),
      silent: color("silent-mark"),
      reference: color("ink"),
    },
    sequence: Array.from({ length: VALUE_CLASS_COUNT }, (_, i) => token(`--seq-${i + 1}`)),
    categories: Array.from({ length: CATEGORY_COUNT }, (_, i) => token(`--data-${i + 1}`)),
    fontFamily: style.getPropertyValue("--font-sans").trim() || "sans-serif",
  };
}

/** Calls back when the theme may have changed: the attribute on the root, or the system's preference. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", onChange);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", onChange);
  };
}
