import { useSyncExternalStore } from "react";

/** False in the server's markup, true once this page answers to events. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
