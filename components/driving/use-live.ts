"use client";

import { useEffect, useRef, useState } from "react";
import { Board, type BoardView } from "#lib/driving/board/board";
import { streamEvents, type StreamEventName } from "#lib/driving/board/stream-schema";

export type Connection = "connecting" | "live" | "offline";

/** Numbers may change many times a second; people read about four. */
const SHOW_EVERY_MS = 250;
const RECONNECT_MS = 3000;
const NAMES = Object.keys(streamEvents) as StreamEventName[];

export interface Live {
  board: Board;
  view: BoardView;
  connection: Connection;
}

/** Follows the live stream; the browser resumes it with the last id it saw, and starts again where it gave up. */
export function useLive(address: string): Live {
  const [board] = useState(() => new Board());
  const [view, setView] = useState(() => board.view());
  const [connection, setConnection] = useState<Connection>("connecting");
  const timers = useRef<{ show?: number; reconnect?: number }>({});

  useEffect(() => {
    const { current } = timers;
    let source: EventSource;
    const show = () => {
      delete current.show;
      setView(board.view());
    };
    const take = (name: StreamEventName) => (event: MessageEvent<string>) => {
      board.apply(name, JSON.parse(event.data), Date.now());
      current.show ??= window.setTimeout(show, SHOW_EVERY_MS);
    };
    const open = () => {
      source = new EventSource(address);
      source.addEventListener("open", () => setConnection("live"));
      source.addEventListener("error", () => {
        setConnection("offline");
        if (source.readyState === EventSource.CLOSED) current.reconnect = window.setTimeout(open, RECONNECT_MS);
      });
      for (const name of NAMES) source.addEventListener(name, take(name));
    };
    open();
    return () => {
      source.close();
      window.clearTimeout(current.show);
      window.clearTimeout(current.reconnect);
    };
  }, [address, board]);
  return { board, view, connection };
}
