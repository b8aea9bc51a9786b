import { useEffect, useRef } from "react";
import type { MapTiles } from "#lib/maps/spec";
import type { TilesState } from "./layers/tiles-layer.ts";

export interface MapAttributionProps {
  tiles: MapTiles | null;
  state: TilesState;
  /** Called with the width the corner takes, so that the edge's labels keep clear of it. */
  onWidth: (widthPx: number) => void;
}

const OFFLINE = "Natural Earth, US Census Bureau";

/** Says whose map this is, and that the offline one is shown because the tile server does not answer. */
export function MapAttribution({ tiles, state, onWidth }: MapAttributionProps) {
  const corner = useRef<HTMLParagraphElement>(null);
  const text = tiles && state === "shown" ? tiles.attribution : OFFLINE;
  const isFallback = tiles !== null && state === "unavailable";
  useEffect(() => {
    onWidth(corner.current?.offsetWidth ?? 0);
  }, [text, isFallback, onWidth]);
  return (
    <p
      ref={corner}
      className="absolute right-0 bottom-0 z-10 m-0 rounded-tl-xs bg-surface/80 px-1.5 text-[10px] leading-4 text-muted"
    >
      <span role="status">{isFallback ? "Offline map: tiles do not answer · " : ""}</span>
      {text}
    </p>
  );
}
