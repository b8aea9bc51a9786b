"use client";

import { useReducer, useState } from "react";
import type { Bbox } from "#lib/geo/bbox";
import { extentOf } from "#lib/driving/rules/core/fence-outline";
import type { GeofenceShape } from "#lib/driving/rules/core/geofence";
import type { Geofence } from "#lib/driving/rules/schema";
import type { MapTiles, MapView } from "#lib/maps/spec";
import { changeDraft, draftOf, newDraft, type GeofenceDraft } from "./geofence-draft.ts";
import { GeofenceEditor } from "./geofence-editor.tsx";
import { GeofenceList } from "./geofence-list.tsx";
import { GeofenceMap } from "./geofence-map.tsx";

interface GeofencesBoardProps {
  geofences: readonly Geofence[];
  initialView: MapView;
  tiles: MapTiles | null;
  mayEdit: boolean;
}

/** The map of all geofences, beside it their list or the one that is being drawn. */
export function GeofencesBoard({ geofences, initialView, tiles, mayEdit }: GeofencesBoardProps) {
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [focus, setFocus] = useState<Bbox | null>(null);
  const [state, change] = useReducer(changeDraft, null);
  const show = (...shapes: readonly GeofenceShape[]) => setFocus(extentOf(shapes));
  const start = (draft: GeofenceDraft) => change({ type: "start", draft });
  const edit = (geofence: Geofence) => {
    setSelectedId(geofence.id);
    show(geofence.shape);
    start(draftOf(geofence));
  };
  const edited = geofences.find(({ id }) => id === state?.draft.id);
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_380px] max-[860px]:flex max-[860px]:flex-col max-[860px]:overflow-auto">
      <GeofenceMap
        {...{ geofences, initialView, tiles, selectedId, focus, state, change }}
        onSelect={(id) => setSelectedId(id)}
      />
      <aside
        aria-label={state ? "Geofence being drawn" : "List of geofences"}
        className="flex min-h-0 flex-col border-line bg-bg max-[860px]:flex-none max-[860px]:border-t min-[861px]:border-l"
      >
        {state ? (
          <GeofenceEditor
            {...{ state, change }}
            ruleNames={edited?.ruleNames ?? []}
            onSaved={({ id, shape }) => {
              setSelectedId(id);
              show(shape);
              change({ type: "end" });
            }}
          />
        ) : (
          <GeofenceList
            {...{ geofences, selectedId, mayEdit }}
            onSelect={({ id, shape }) => {
              setSelectedId(id);
              show(shape);
            }}
            onDraw={(kind) => {
              setSelectedId(null);
              start(newDraft(kind));
            }}
            onEdit={edit}
            onImported={(imported) => show(...imported.map(({ shape }) => shape))}
          />
        )}
      </aside>
    </div>
  );
}
