import { Maximize, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";

export interface MapControlsProps {
  onZoomIn: () => void;
  onZoomOut: () => void;
  onFit: () => void;
}

/** Zoom and fit, at the top right of the map; lower on phones, where the legend takes the top. */
export function MapControls({ onZoomIn, onZoomOut, onFit }: MapControlsProps) {
  return (
    <div
      role="group"
      aria-label="Map view"
      className="absolute top-16 right-2.5 z-20 flex flex-col divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised shadow-2 min-[860px]:top-4 min-[860px]:right-4"
    >
      <Control label="Zoom in" onClick={onZoomIn}>
        <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
      </Control>
      <Control label="Zoom out" onClick={onZoomOut}>
        <Minus size={16} strokeWidth={1.75} aria-hidden="true" />
      </Control>
      <Control label="Fit all" onClick={onFit}>
        <Maximize size={16} strokeWidth={1.75} aria-hidden="true" />
      </Control>
    </div>
  );
}

function Control({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-9 cursor-pointer place-items-center border-0 bg-transparent text-ink-2 hover:bg-hover focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus min-[860px]:size-8"
    >
      {children}
    </button>
  );
}
