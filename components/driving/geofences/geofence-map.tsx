"use client";

import { type Dispatch, type KeyboardEvent, useMemo } from "react";
import { MapBoundary } from "#components/maps/map-boundary";
import type { Bbox } from "#lib/geo/bbox";
import { areaM2Of, extentOf, outlineOf } from "#lib/driving/rules/core/fence-outline";
import { compileFence } from "#lib/driving/rules/core/geofence";
import type { Geofence } from "#lib/driving/rules/schema";
import { countOf } from "#lib/format/lists";
import type { MapItem, MapTiles, MapView } from "#lib/maps/spec";
import { cornerFieldId } from "./corner-fields.tsx";
import { mapDraftOf } from "./draft-shape.ts";
import { canClose, parseHandle, type DraftAction, type DraftState } from "./geofence-draft.ts";

interface GeofenceMapProps {
  geofences: readonly Geofence[];
  initialView: MapView;
  tiles: MapTiles | null;
  selectedId: string | null;
  focus: Bbox | null;
  state: DraftState | null;
  change: Dispatch<DraftAction>;
  onSelect: (id: string | null) => void;
}

const NO_ITEMS: readonly MapItem[] = [];

/** All geofences as areas; a click chooses the smallest one it hits, or adds to the one that is drawn. */
export function GeofenceMap(props: GeofenceMapProps) {
  const { geofences, initialView, tiles, selectedId, focus, state, change, onSelect } = props;
  const editedId = state?.draft.id ?? null;
  const fences = useMemo(() => geofences.map(prepare).sort((a, b) => a.areaM2 - b.areaM2), [geofences]);
  const areas = useMemo(() => fences.map(({ area }) => area).filter(({ id }) => id !== editedId), [fences, editedId]);
  const extent = useMemo(() => extentOf(geofences.map(({ shape }) => shape)), [geofences]);
  const draft = useMemo(() => (state ? mapDraftOf(state.draft) : null), [state]);
  const press = (id: string) => {
    const [kind, ring, index] = parseHandle(id);
    if (state && canClose(state.draft) && id === "corner 0 0") change({ type: "close" });
    else if (kind === "corner") document.getElementById(cornerFieldId(ring, index))?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Zoom buttons keep their own Enter.
    if (!state || !(event.target instanceof HTMLElement) || event.target.role !== "application") return;
    if (event.key === "Enter") change({ type: "close" });
    else if (event.key === "Backspace") change({ type: "undo" });
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative min-h-0 flex-1 max-[860px]:h-[340px] max-[860px]:flex-none" onKeyDown={onKeyDown}>
      <MapBoundary
        label={`Map of ${countOf(geofences.length, "geofence")}. The list has the same.`}
        noun="geofences"
        items={NO_ITEMS}
        areas={areas}
        selectedArea={state ? null : selectedId}
        draft={draft}
        initialView={initialView}
        extent={extent}
        focus={focus}
        tiles={tiles}
        onPlace={(at) => {
          if (state) change({ type: "place", at });
          else onSelect(fences.find(({ fence }) => fence.contains(at.lat, at.lon))?.area.id ?? null);
        }}
        onDragHandle={(drag) => change({ type: "drag", ...drag })}
        onPressHandle={press}
      />
    </div>
  );
}

function prepare({ id, name, shape }: Geofence) {
  const area = { id, label: name, rings: outlineOf(shape) };
  return { area, areaM2: areaM2Of(shape), fence: compileFence(shape) };
}
