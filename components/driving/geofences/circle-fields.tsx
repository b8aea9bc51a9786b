import type { Dispatch } from "react";
import { NumberField } from "#components/ui/text-field";
import { RADIUS_MAX_M, RADIUS_MIN_M } from "#lib/driving/rules/core/check-shape";
import { formatNumber } from "#lib/format/numbers";
import type { DraftAction, GeofenceDraft } from "./geofence-draft.ts";

interface CircleFieldsProps {
  draft: GeofenceDraft;
  change: Dispatch<DraftAction>;
}

export function CircleFields({ draft: { centre, radiusM }, change }: CircleFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-4">
      <NumberField
        label="Latitude"
        unit="°"
        value={centre.lat}
        onChange={({ target }) => change({ type: "centre", change: { lat: target.value } })}
      />
      <NumberField
        label="Longitude"
        unit="°"
        value={centre.lon}
        onChange={({ target }) => change({ type: "centre", change: { lon: target.value } })}
      />
      <NumberField
        label="Radius"
        unit="m"
        hint={`${RADIUS_MIN_M} to ${formatNumber(RADIUS_MAX_M)}`}
        value={radiusM}
        onChange={({ target }) => change({ type: "radius", radiusM: target.value })}
      />
    </div>
  );
}
