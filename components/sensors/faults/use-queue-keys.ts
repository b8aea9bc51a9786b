import { useEffect, useEffectEvent } from "react";
import { useShortcutsEnabled } from "#components/shell/use-shortcuts";
import { isTyping } from "#components/ui/toast";

/** Single keys of the queue, unless somebody types or has switched them off. Escape leaves the comment. */
export function useQueueKeys(actions: Readonly<Record<string, () => void>>): void {
  const isEnabled = useShortcutsEnabled();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape" && event.target instanceof HTMLTextAreaElement) event.target.blur();
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    if (!isEnabled) return;
    const onKey = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isEnabled]);
}
