"use client";

import { Toast as Radix } from "radix-ui";
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Kbd } from "./kbd.tsx";
import { StateShape, type State } from "./state-shape.tsx";

export interface ToastInput {
  /** What happened: “Fault on SEA-0217 confirmed”. Never an error that needs action: that belongs to its place. */
  message: ReactNode;
  state?: State;
  /** The way back; also on the key Z. */
  undo?: () => void | Promise<void>;
  action?: { label: string; run: () => void };
  durationMs?: number;
}
interface ShownToast extends ToastInput {
  id: number;
}

const ShowToast = createContext<((toast: ToastInput) => void) | null>(null);

/** Returns the function that shows a toast. Throws outside `ToastProvider`. */
export function useToast(): (toast: ToastInput) => void {
  const show = use(ShowToast);
  if (!show) throw new Error("useToast needs a ToastProvider around it");
  return show;
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function useUndoKey(undo: (() => void) | undefined) {
  useEffect(() => {
    if (!undo) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isTyping(event.target)) undo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [undo]);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<ShownToast[]>([]);
  const lastId = useRef(0);
  const show = useCallback((toast: ToastInput) => {
    lastId.current += 1;
    const id = lastId.current;
    setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
  }, []);
  const close = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const newest = toasts.findLast((toast) => toast.undo !== undefined);
  const undoNewest = useMemo(() => {
    if (!newest) return undefined;
    return () => {
      close(newest.id);
      void newest.undo?.();
    };
  }, [newest, close]);
  useUndoKey(undoNewest);
  return (
    <ShowToast value={show}>
      <Radix.Provider label="Notice" swipeDirection="down">
        {children}
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} newest={toast === newest} />
        ))}
        <Radix.Viewport className="fixed right-4 bottom-4 z-(--z-toast) flex w-[360px] max-w-[calc(100vw-24px)] flex-col gap-2 outline-none max-md:right-3 max-md:bottom-[72px]" />
      </Radix.Provider>
    </ShowToast>
  );
}

function ToastCard({ toast, onClose, newest }: { toast: ShownToast; onClose: () => void; newest: boolean }) {
  return (
    <Radix.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      duration={toast.durationMs ?? (toast.undo ? 10_000 : 6000)}
      className="pop-panel flex animate-[float-in_var(--dur-2)_var(--ease-out)] items-center gap-2.5 py-2 pr-2 pl-3 text-sm"
    >
      <StateShape shape={toast.state ?? "good"} />
      <Radix.Title className="min-w-0 flex-1 py-1">{toast.message}</Radix.Title>
      {toast.action ? (
        <Radix.Action altText={toast.action.label} asChild>
          <Button variant="ghost" size="sm" onClick={toast.action.run}>
            {toast.action.label}
          </Button>
        </Radix.Action>
      ) : null}
      {toast.undo ? (
        <Radix.Action altText="Undo" asChild>
          <Button variant="ghost" size="sm" onClick={() => void toast.undo?.()}>
            Undo{newest ? <Kbd>Z</Kbd> : null}
          </Button>
        </Radix.Action>
      ) : null}
    </Radix.Root>
  );
}
