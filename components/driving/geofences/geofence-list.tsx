"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { TextField } from "#components/ui/text-field";
import type { Geofence } from "#lib/driving/rules/schema";
import { countOf } from "#lib/format/lists";
import { DeleteGeofence } from "./delete-geofence.tsx";
import type { GeofenceDraft } from "./geofence-draft.ts";
import { GeofenceItem } from "./geofence-item.tsx";
import { ImportGeofences } from "./import-geofences.tsx";

interface GeofenceListProps {
  geofences: readonly Geofence[];
  selectedId: string | null;
  mayEdit: boolean;
  onSelect: (geofence: Geofence) => void;
  onDraw: (kind: GeofenceDraft["kind"]) => void;
  onEdit: (geofence: Geofence) => void;
  onImported: (geofences: readonly Geofence[]) => void;
}

/** From so many on one is looked for by name. */
const FIND_FROM = 9;

export function GeofenceList({ geofences, mayEdit, onDraw, onImported, ...items }: GeofenceListProps) {
  const isEmpty = geofences.length === 0;
  return (
    <>
      <div className="flex-none border-b border-line px-[18px] py-3">
        <h1 className="text-base">{isEmpty ? "Geofences" : countOf(geofences.length, "geofence")}</h1>
        <p className="mt-0.5 text-xs text-muted">Areas that rules may be limited to.</p>
        <div className="mt-2.5 flex flex-wrap gap-2">
          {mayEdit ? (
            <>
              <Button size="sm" variant="primary" onClick={() => onDraw("polygon")}>
                Draw polygon
              </Button>
              <Button size="sm" onClick={() => onDraw("circle")}>
                Draw circle
              </Button>
              <ImportGeofences onImported={onImported} />
            </>
          ) : null}
          {isEmpty ? null : (
            <Button size="sm" href="/api/v1/driving/geofences/export" download>
              Export
            </Button>
          )}
        </div>
      </div>
      {isEmpty ? (
        <EmptyState title="No geofence yet">
          {mayEdit
            ? "Draw one on the map, or import areas from a GeoJSON file."
            : "Who may change rules can draw them here."}
        </EmptyState>
      ) : (
        <Items geofences={geofences} mayEdit={mayEdit} {...items} />
      )}
    </>
  );
}

type ItemsProps = Pick<GeofenceListProps, "geofences" | "selectedId" | "mayEdit" | "onSelect" | "onEdit">;

function Items({ geofences, selectedId, mayEdit, onSelect, onEdit }: ItemsProps) {
  const [sought, setSought] = useState("");
  const [toDelete, setToDelete] = useState<Geofence | null>(null);
  const words = sought.trim().toLowerCase();
  const shown = geofences.filter(({ name }) => name.toLowerCase().includes(words));
  return (
    <>
      {geofences.length < FIND_FROM ? null : (
        <div className="flex-none border-b border-line px-[18px] py-2.5">
          <TextField label="Find by name" value={sought} onChange={({ target }) => setSought(target.value)} />
        </div>
      )}
      <div
        className="min-h-0 flex-1 overflow-auto max-[860px]:flex-none max-[860px]:overflow-visible"
        tabIndex={0}
        role="region"
        aria-label="Geofences"
      >
        {shown.length === 0 ? <p className="px-[18px] py-4 text-sm text-muted">No name holds “{sought}”.</p> : null}
        <ul aria-label="Geofences">
          {shown.map((geofence) => (
            <GeofenceItem
              key={geofence.id}
              geofence={geofence}
              isSelected={geofence.id === selectedId}
              onSelect={() => onSelect(geofence)}
            >
              {mayEdit ? (
                <>
                  <Button size="sm" onClick={() => onEdit(geofence)} aria-label={`Edit ${geofence.name}`}>
                    Edit
                  </Button>
                  <Button
                    size="sm"
                    variant="danger"
                    onClick={() => setToDelete(geofence)}
                    aria-label={`Delete ${geofence.name}`}
                  >
                    Delete
                  </Button>
                </>
              ) : null}
            </GeofenceItem>
          ))}
        </ul>
      </div>
      <DeleteGeofence geofence={toDelete} onClose={() => setToDelete(null)} />
    </>
  );
}
