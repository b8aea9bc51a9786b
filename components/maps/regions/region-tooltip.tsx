import type { ReactNode } from "react";
import { formatNumber } from "#lib/format/numbers";
import type { PointedRegion } from "./region-scene.ts";

interface RegionTooltipProps {
  pointed: PointedRegion;
  /** Width of the map, so that the box stays on it. */
  mapWidthPx: number;
  name: string;
  children: ReactNode;
}

const WIDTH_PX = 200;
const EDGE_PX = 8;
/** Above the pointer, except where it would leave the map. */
const TOP_PX = 90;

/** Name and value of what is under the pointer. Mouse only: the keyboard has the live region. */
export function RegionTooltip({ pointed: { station, xPx, yPx }, mapWidthPx, name, children }: RegionTooltipProps) {
  const left = Math.max(EDGE_PX, Math.min(mapWidthPx - WIDTH_PX - EDGE_PX, xPx + 12));
  const place =
    yPx > TOP_PX ? { left, top: yPx - 12, transform: "translateY(-100%)" } : { left, top: yPx + 18, transform: "none" };
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-20 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-3"
      style={{ ...place, maxWidth: WIDTH_PX }}
    >
      {station ? (
        <p className="m-0 pb-0.5">
          <b className="font-[640]">
            {station.kind === "cluster" ? `${formatNumber(station.count)} stations` : (station.label ?? station.id)}
          </b>
          {station.kind === "point" && station.detail ? (
            <span className="block text-muted tabular-nums">{station.detail}</span>
          ) : null}
        </p>
      ) : null}
      <p className="m-0 font-[640]">{name}</p>
      <p className="m-0 text-muted tabular-nums">{children}</p>
    </div>
  );
}
