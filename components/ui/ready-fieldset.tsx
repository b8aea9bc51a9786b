import type { ReactNode } from "react";
import { useHydrated } from "./use-hydrated.tsx";

/** The inputs of a form: what is typed before the page listens would be lost without a word, so that they wait for it. */
export function ReadyFieldset({ className, children }: { className: string; children: ReactNode }) {
  return (
    <fieldset disabled={!useHydrated()} className={className}>
      {children}
    </fieldset>
  );
}
