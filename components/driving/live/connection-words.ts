import type { Shape } from "#components/ui/state-shape";
import type { LiveState } from "./board-store.ts";

export interface ConnectionWords {
  state: "connecting" | "live" | "stale" | "reconnecting" | "disconnected";
  shape: Shape;
  word: string;
  /** Without numbers that change every second: a screen reader says it once. */
  sentence: string;
}

/** What the page may claim about itself: live only while records come. */
export function connectionWords(state: LiveState, nowMs: number): ConnectionWords {
  const { connection, lastReceivedAtMs, gapS, isKnown } = state;
  switch (connection.state) {
    case "connecting":
      return { state: "connecting", shape: "running", word: "Connecting", sentence: "Connecting to the live stream." };
    case "reconnecting":
    case "disconnected": {
      const isGone = connection.state === "disconnected";
      const word = isGone ? "Disconnected" : "Reconnecting";
      const sentence = `${connection.reason} What you see is as old as it says; the page tries again by itself.`;
      return { state: connection.state, shape: isGone ? "fault" : "suspect", word, sentence };
    }
    case "live": {
      const isFresh = lastReceivedAtMs !== null && nowMs - lastReceivedAtMs <= gapS * 1000;
      if (!isKnown || isFresh) return { state: "live", shape: "good", word: "Live", sentence: "Live." };
      const sentence =
        lastReceivedAtMs === null ? "No record has come yet." : "The line is good, but no vehicle sends.";
      return { state: "stale", shape: "silent", word: lastReceivedAtMs === null ? "Waiting" : "Stale", sentence };
    }
  }
}
