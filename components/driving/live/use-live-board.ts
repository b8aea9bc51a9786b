"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { BoardStore, type LiveState } from "./board-store.ts";

/** The live board of this page: followed as long as the page is open. */
export function useLiveBoard(): { state: LiveState; store: BoardStore } {
  const [store] = useState(() => new BoardStore());
  useEffect(() => store.start(), [store]);
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  return { state, store };
}
