"use client";

import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from "react";
import { createBrowserPorts } from "#lib/uploads/engine/browser/browser-ports";
import { UploadEngine } from "#lib/uploads/engine/upload-engine";
import type { UploadsSnapshot } from "#lib/uploads/engine/types";

const EMPTY: UploadsSnapshot = {
  items: [],
  unfinished: [],
  isOnline: true,
  totals: {
    activeCount: 0,
    waitingCount: 0,
    pausedCount: 0,
    failedCount: 0,
    sizeBytes: 0,
    sentBytes: 0,
    speedBytesPerS: null,
    etaS: null,
  },
};

let current: { scope: string; engine: UploadEngine } | null = null;

/** One engine per page life and account, so that rendering twice or moving between pages never stops a transfer. */
function engineFor(scope: string): UploadEngine {
  if (current?.scope === scope) return current.engine;
  current?.engine.dispose();
  const engine = new UploadEngine(createBrowserPorts(), { scope });
  void engine.start();
  current = { scope, engine };
  return engine;
}

const EngineContext = createContext<UploadEngine | null>(null);

interface UploadProviderProps {
  workspaceId: string;
  userId: string;
  /** Another engine, for tests and previews. */
  engine?: UploadEngine;
  children: ReactNode;
}

/** Keeps transfers alive over the whole portal; asks before the tab closes in the middle of one. */
export function UploadProvider({ workspaceId, userId, engine: given, children }: UploadProviderProps) {
  const isBrowser = typeof window !== "undefined";
  const engine = given ?? (isBrowser ? engineFor(`${workspaceId}:${userId}`) : null);
  useEffect(() => (engine ? warnBeforeClosing(engine) : undefined), [engine]);
  return <EngineContext value={engine}>{children}</EngineContext>;
}

/** The listener exists only while something is in flight: it would keep the page out of the back/forward cache. */
function warnBeforeClosing(engine: UploadEngine): () => void {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  const follow = () => {
    const { activeCount, waitingCount } = engine.getSnapshot().totals;
    if (activeCount + waitingCount > 0) window.addEventListener("beforeunload", warn);
    else window.removeEventListener("beforeunload", warn);
  };
  const unsubscribe = engine.subscribe(follow);
  follow();
  return () => {
    unsubscribe();
    window.removeEventListener("beforeunload", warn);
  };
}

/** Null only while rendering on the server. */
export function useUploadEngine(): UploadEngine | null {
  return useContext(EngineContext);
}

const never = () => () => undefined;
const empty = () => EMPTY;

/** The live queue; redraws whenever it changes (at most about eight times a second). */
export function useUploads(): UploadsSnapshot {
  const engine = useUploadEngine();
  return useSyncExternalStore(engine?.subscribe ?? never, engine?.getSnapshot ?? empty, empty);
}
