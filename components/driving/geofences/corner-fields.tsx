"use client";

import { Plus, X } from "lucide-react";
import { type Dispatch, memo } from "react";
import { Button } from "#components/ui/button";
import { CONTROL, controlFrame } from "#components/ui/field";
import type { DraftAction, PlaceText } from "./geofence-draft.ts";

interface CornerFieldsProps {
  rings: readonly (readonly PlaceText[])[];
  change: Dispatch<DraftAction>;
}

/** The latitude of a corner: where the page goes when the corner is pressed on the map. */
export const cornerFieldId = (ring: number, index: number) => `corner-${ring}-${index}`;

/** Every corner as two fields: the same draft as on the map. */
export function CornerFields({ rings, change }: CornerFieldsProps) {
  return rings.map((ring, no) => (
    <fieldset key={no} className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-2">{no === 0 ? "Corners" : `Hole ${no}`}</legend>
      {ring.length === 0 ? null : (
        <div aria-hidden="true" className={`${COLUMNS} cap`}>
          <span />
          <span>Latitude</span>
          <span>Longitude</span>
        </div>
      )}
      <ol>
        {ring.map((corner, index) => (
          <CornerRow key={index} {...{ ring: no, index, change }} lat={corner.lat} lon={corner.lon} />
        ))}
      </ol>
      {no === 0 ? (
        <Button size="sm" icon={Plus} onClick={() => change({ type: "insert", ring: 0, after: ring.length - 1 })}>
          Add corner
        </Button>
      ) : null}
    </fieldset>
  ));
}

const COLUMNS = "mb-1 grid grid-cols-[28px_minmax(0,1fr)_minmax(0,1fr)_64px] items-center gap-1.5";

interface CornerRowProps extends PlaceText {
  ring: number;
  index: number;
  change: Dispatch<DraftAction>;
}

/** Memoised: while one corner is dragged, hundreds of others are not drawn again. */
const CornerRow = memo(function CornerRow({ ring, index, lat, lon, change }: CornerRowProps) {
  const name = `${ring === 0 ? "corner" : `hole ${ring}, corner`} ${index + 1}`;
  const field = (part: keyof PlaceText, word: string, value: string) => (
    <div className={controlFrame(value.trim() !== "" && !Number.isFinite(Number(value)))}>
      <input
        id={part === "lat" ? cornerFieldId(ring, index) : undefined}
        inputMode="decimal"
        autoComplete="off"
        aria-label={`${word} of ${name}`}
        value={value}
        onChange={({ target }) => change({ type: "corner", ring, index, change: { [part]: target.value } })}
        className={`${CONTROL} tabular-nums`}
      />
    </div>
  );
  return (
    <li className={`${COLUMNS} [content-visibility:auto]`}>
      <span className="text-right text-xs text-muted tabular-nums">{index + 1}</span>
      {field("lat", "Latitude", lat)}
      {field("lon", "Longitude", lon)}
      <span className="flex">
        <Button
          size="sm"
          variant="ghost"
          square
          icon={Plus}
          aria-label={`Insert a corner after ${name}`}
          title="Insert a corner after it"
          onClick={() => change({ type: "insert", ring, after: index })}
        />
        <Button
          size="sm"
          variant="ghost"
          square
          icon={X}
          aria-label={`Remove ${name}`}
          title="Remove corner"
          onClick={() => change({ type: "remove", ring, index })}
        />
      </span>
    </li>
  );
});
