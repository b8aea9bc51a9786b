import type { MapItem, ValueDomain } from "#lib/maps/spec";
import { describeCounts, describeKinds, formatCount, STATE_WORD } from "#lib/maps/state-words";
import { StateShape } from "./state-shape.tsx";

export interface MapTooltipProps {
  item: MapItem;
  xPx: number;
  yPx: number;
  /** Width of the map, so that the box stays on it. */
  mapWidthPx: number;
  noun: string;
  valueDomain: ValueDomain | null;
}

const WIDTH_PX = 220;

/** Name, state and value of what is under the pointer. Mouse only: the keyboard has the live region. */
export function MapTooltip({ item, xPx, yPx, mapWidthPx, noun, valueDomain }: MapTooltipProps) {
  const left = Math.max(8, Math.min(mapWidthPx - WIDTH_PX - 8, xPx - WIDTH_PX / 2));
  const above = yPx > 90;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-20 flex justify-center"
      style={{
        left,
        width: WIDTH_PX,
        top: above ? yPx - 18 : yPx + 18,
        transform: above ? "translateY(-100%)" : undefined,
      }}
    >
      <div className="max-w-full rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-3">
        <p className="m-0 truncate font-[640]">
          {item.kind === "point" ? (item.label ?? item.id) : `${formatCount(item.count)} ${noun}`}
        </p>
        {item.kind === "point" ? (
          <p className="m-0 flex items-center gap-1.5 text-muted">
            <StateShape state={item.state} sizePx={10} />
            <span className="truncate">
              {[item.stateWord ?? STATE_WORD[item.state], item.detail].filter(Boolean).join(": ")}
            </span>
          </p>
        ) : (
          <p className="m-0 text-muted">{describeCounts(item.byState)}</p>
        )}
        {valueDomain?.categories ? (
          <p className="m-0">{describeKinds(item, valueDomain.categories)}</p>
        ) : valueDomain && typeof item.value === "number" ? (
          <p className="m-0 tabular-nums">
            {valueDomain.label} {item.value.toFixed(1).replace("-", "−")}{" "}
            <span className="text-muted">{valueDomain.unit}</span>
            {item.kind === "cluster" ? <span className="text-muted"> on average</span> : null}
          </p>
        ) : null}
      </div>
    </div>
  );
}
