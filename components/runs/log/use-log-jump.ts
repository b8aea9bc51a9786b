import { useEffect, useState } from "react";
import type { LogJump } from "./log-view.tsx";

const LINE_IN_ADDRESS = /^#L([1-9]\d{0,9})$/;

/** The line of the log that the page's address names, or that was asked for last. */
export function useLogJump(isReady: boolean): [LogJump | null, (index: number) => void] {
  const [jump, setJump] = useState<LogJump | null>(null);
  useEffect(() => {
    if (!isReady) return;
    const follow = () => {
      const [, number] = LINE_IN_ADDRESS.exec(location.hash) ?? [];
      if (number !== undefined) setJump({ index: Number(number) - 1 });
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [isReady]);
  return [jump, (index) => setJump({ index })];
}
