import { useSyncExternalStore } from "react";
import { tone, type Tone } from "#lib/charts/spec";

/** Colours of the current theme as the canvas needs them: resolved, not as variables. */
export interface ChartTheme {
  line: string;
  lineStrong: string;
  muted: string;
  faint: string;
  ink: string;
  surface: string;
  font: string;
  data: string[];
  tones: Record<Tone, { text: string; mark: string; wash: string }>;
}

export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const toneColours = (name: Tone) => ({
    text: read(`--color-${name}`),
    mark: read(`--color-${name}-mark`),
    wash: read(`--color-${name}-wash`),
  });
  return {
    line: read("--color-line"),
    lineStrong: read("--color-line-strong"),
    muted: read("--color-muted"),
    faint: read("--color-faint"),
    ink: read("--color-ink"),
    surface: read("--color-surface"),
    font: read("--font-sans"),
    data: [1, 2, 3, 4].map((index) => read(`--data-${index}`)),
    tones: {
      good: toneColours(tone.enum.good),
      suspect: toneColours(tone.enum.suspect),
      fault: toneColours(tone.enum.fault),
      silent: toneColours(tone.enum.silent),
      info: toneColours(tone.enum.info),
    },
  };
}

const DARK = "(prefers-color-scheme: dark)";

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const media = matchMedia(DARK);
  media.addEventListener("change", onChange);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", onChange);
  };
}

/** A text that changes whenever the colours do. */
export function useThemeName(): string {
  return useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset.theme ?? (matchMedia(DARK).matches ? "dark" : "light"),
    () => "light",
  );
}
