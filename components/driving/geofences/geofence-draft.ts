import { distanceM } from "#lib/geo/distance";
import type { Position } from "#lib/geo/position";
import type { Geofence } from "#lib/driving/rules/schema";

/** A place as its fields hold it: what was typed, or where it was put on the map. */
export interface PlaceText {
  lat: string;
  lon: string;
}

/** A geofence while it is drawn, on the map and in its fields alike. */
export interface GeofenceDraft {
  /** Null for a new one. */
  id: string | null;
  name: string;
  kind: "polygon" | "circle";
  /** Of a polygon: border, then holes. */
  rings: readonly (readonly PlaceText[])[];
  /** The border's last corner is joined with its first: clicks add no more. */
  isClosed: boolean;
  centre: PlaceText;
  radiusM: string;
}

export interface DraftState {
  draft: GeofenceDraft;
  /** What it was before each change, oldest first. */
  past: readonly GeofenceDraft[];
  /** The last change's: further ones with the same are one with it. */
  changeKey: string | null;
}

export type DraftAction =
  | { type: "start"; draft: GeofenceDraft }
  | { type: "end" }
  | { type: "undo" }
  | { type: "name"; name: string }
  | { type: "place"; at: Position }
  | { type: "close" }
  | { type: "drag"; id: string; to: Position; dragNo: number }
  | { type: "corner"; ring: number; index: number; change: Partial<PlaceText> }
  | { type: "insert"; ring: number; after: number }
  | { type: "remove"; ring: number; index: number }
  | { type: "centre"; change: Partial<PlaceText> }
  | { type: "radius"; radiusM: string };

const PAST_MAX = 200;
const NOWHERE: PlaceText = { lat: "", lon: "" };

export function newDraft(kind: GeofenceDraft["kind"]): GeofenceDraft {
  return { id: null, name: "", kind, rings: [[]], isClosed: false, centre: NOWHERE, radiusM: "" };
}

export function draftOf({ id, name, shape }: Geofence): GeofenceDraft {
  const draft = { ...newDraft(shape.kind), id, name, isClosed: true };
  if (shape.kind === "circle") {
    const { lat, lon, radiusM } = shape;
    return { ...draft, centre: { lat: String(lat), lon: String(lon) }, radiusM: String(radiusM) };
  }
  return {
    ...draft,
    rings: shape.rings.map((ring) => ring.map(([lon, lat]) => ({ lat: String(lat), lon: String(lon) }))),
  };
}

/** Makes every change of a draft; null while nothing is drawn. */
export function changeDraft(state: DraftState | null, action: DraftAction): DraftState | null {
  if (action.type === "start") return { draft: action.draft, past: [], changeKey: null };
  if (action.type === "end" || state === null) return null;
  const { draft, past, changeKey } = state;
  if (action.type === "name") return { ...state, draft: { ...draft, name: action.name } };
  if (action.type === "undo") {
    const before = past.at(-1);
    return before ? { draft: { ...before, name: draft.name }, past: past.slice(0, -1), changeKey: null } : state;
  }
  const key = keyOf(action);
  const isGoingOn = key !== null && key === changeKey;
  const changed = apply(draft, action, isGoingOn);
  if (changed === draft) return state;
  return { draft: changed, past: isGoingOn ? past : [...past, draft].slice(-PAST_MAX), changeKey: key };
}

type ShapeAction = Exclude<DraftAction, { type: "start" | "end" | "undo" | "name" }>;

function keyOf(action: ShapeAction): string | null {
  switch (action.type) {
    case "drag":
      return `drag ${action.dragNo}`;
    case "corner":
      return `corner ${action.ring} ${action.index}`;
    case "centre":
    case "radius":
      return action.type;
    case "place":
    case "close":
    case "insert":
    case "remove":
      return null;
  }
}

function apply(draft: GeofenceDraft, action: ShapeAction, isGoingOn: boolean): GeofenceDraft {
  switch (action.type) {
    case "place":
      return place(draft, action.at);
    case "close":
      return canClose(draft) ? { ...draft, isClosed: true } : draft;
    case "drag":
      return drag(draft, action, isGoingOn);
    case "corner":
      return onRing(draft, action.ring, (ring) =>
        ring.map((corner, i) => (i === action.index ? { ...corner, ...action.change } : corner)),
      );
    case "insert":
      return insert(draft, action);
    case "remove":
      return remove(draft, action);
    case "centre":
      return { ...draft, centre: { ...draft.centre, ...action.change } };
    case "radius":
      return { ...draft, radiusM: action.radiusM };
  }
}

/** Whether clicking the first corner, or Enter, ends the border. */
export function canClose({ kind, isClosed, rings }: GeofenceDraft): boolean {
  return kind === "polygon" && !isClosed && (rings[0]?.length ?? 0) >= 3;
}

/** A click on the map: the next corner, or a circle's centre and then a point of its rim. */
function place(draft: GeofenceDraft, at: Position): GeofenceDraft {
  const placed = toText(at);
  if (draft.kind === "circle") {
    if (!isFilled(draft.centre)) return { ...draft, centre: placed };
    return draft.radiusM.trim() === "" ? { ...draft, radiusM: radiusTo(draft, at) } : draft;
  }
  const last = draft.rings[0]?.at(-1);
  // The second half of a double click.
  const isAgain = last?.lat === placed.lat && last.lon === placed.lon;
  return draft.isClosed || isAgain ? draft : onRing(draft, 0, (ring) => [...ring, placed]);
}

function drag(draft: GeofenceDraft, { id, to }: { id: string; to: Position }, isGoingOn: boolean): GeofenceDraft {
  if (id === "centre") return { ...draft, centre: toText(to) };
  if (id === "rim") return { ...draft, radiusM: radiusTo(draft, to) };
  const [kind, ring, index] = parseHandle(id);
  const place = toText(to);
  if (kind === "corner") return onRing(draft, ring, (corners) => corners.with(index, place));
  // The first step of the drag makes the corner, the others move it.
  return onRing(draft, ring, (corners) => corners.toSpliced(index + 1, isGoingOn ? 1 : 0, place));
}

const radiusTo = ({ centre }: GeofenceDraft, at: Position) => String(Math.round(distanceM(toPlace(centre), at)));

/** In the middle between a corner and the next one; without numbers at the end. */
function insert(draft: GeofenceDraft, { ring: no, after }: { ring: number; after: number }): GeofenceDraft {
  return onRing(draft, no, (ring) => {
    const [from, to] = [ring[after], ring[(after + 1) % ring.length]];
    const isBetween = from && to && from !== to && isFilled(from) && isFilled(to);
    return ring.toSpliced(after + 1, 0, isBetween ? toText(middleOf(toPlace(from), toPlace(to))) : NOWHERE);
  });
}

/** A hole with less than three corners goes altogether; a border is open again. */
function remove(draft: GeofenceDraft, { ring: no, index }: { ring: number; index: number }): GeofenceDraft {
  const left = (draft.rings[no]?.length ?? 0) - 1;
  if (no > 0 && left < 3) return { ...draft, rings: draft.rings.toSpliced(no, 1) };
  const removed = onRing(draft, no, (ring) => ring.toSpliced(index, 1));
  return left < 3 ? { ...removed, isClosed: false } : removed;
}

function onRing(draft: GeofenceDraft, no: number, change: (ring: readonly PlaceText[]) => PlaceText[]): GeofenceDraft {
  return { ...draft, rings: draft.rings.map((ring, i) => (i === no ? change(ring) : ring)) };
}

export type HandleKind = "corner" | "middle";
export const handleId = (kind: HandleKind, ring: number, index: number) => `${kind} ${ring} ${index}`;

export function parseHandle(id: string): [kind: string, ring: number, index: number] {
  const [kind = "", ring, index] = id.split(" ");
  return [kind, Number(ring), Number(index)];
}

export const isFilled = ({ lat, lon }: PlaceText) => lat.trim() !== "" && lon.trim() !== "";

/** NaN for what is no number. */
export function toPlace({ lat, lon }: PlaceText): Position {
  return { lat: toNumber(lat), lon: toNumber(lon) };
}

export const toNumber = (text: string) => (text.trim() === "" ? NaN : Number(text));

export const middleOf = (a: Position, b: Position): Position => ({
  lat: (a.lat + b.lat) / 2,
  lon: (a.lon + b.lon) / 2,
});

/** To 0.1 m. */
function toText({ lat, lon }: Position): PlaceText {
  return { lat: String(Number(lat.toFixed(6))), lon: String(Number(lon.toFixed(6))) };
}
