import { circleAround, pointTowards } from "#lib/geo/circle";
import type { Position } from "#lib/geo/position";
import { findShapeFault } from "#lib/driving/rules/core/check-shape";
import type { GeofenceShape, Vertex } from "#lib/driving/rules/core/geofence";
import { countOf } from "#lib/format/lists";
import type { MapDraft, MapHandle } from "#lib/maps/spec";
import { type GeofenceDraft, handleId, isFilled, middleOf, toNumber, toPlace } from "./geofence-draft.ts";

/** What is sent; the schema of the API judges it. */
export function shapeOf(draft: GeofenceDraft): GeofenceShape {
  if (draft.kind === "circle") return { kind: "circle", ...toPlace(draft.centre), radiusM: toNumber(draft.radiusM) };
  const toVertex = ({ lat, lon }: Position): Vertex => [lon, lat];
  return { kind: "polygon", rings: draft.rings.map((ring) => ring.map((corner) => toVertex(toPlace(corner)))) };
}

/** What is wrong with a draft; null while it is not finished. */
export function findDraftFault(draft: GeofenceDraft): string | null {
  const isFinished = draft.kind === "circle" ? draft.radiusM.trim() !== "" : draft.isClosed;
  return isFinished ? findShapeFault(shapeOf(draft)) : null;
}

export function mapDraftOf(draft: GeofenceDraft): MapDraft {
  const isFaulty = findDraftFault(draft) !== null;
  return draft.kind === "circle" ? { ...circleOf(draft), isFaulty } : { ...polygonOf(draft), isFaulty };
}

const CIRCLE_POINTS = 96;
/** Larger ones are refused; drawn they would go around the Earth. */
const RADIUS_DRAWN_MAX_M = 5_000_000;

function circleOf(draft: GeofenceDraft): Omit<MapDraft, "isFaulty"> {
  const centre = toPlace(draft.centre);
  const radiusM = toNumber(draft.radiusM);
  if (!isDrawable(centre)) return { rings: [], handles: [], isOpen: true };
  const handles: MapHandle[] = [{ id: "centre", kind: "centre", ...centre }];
  if (!(radiusM > 0 && radiusM <= RADIUS_DRAWN_MAX_M)) return { rings: [], handles, isOpen: true };
  const rim: MapHandle = { id: "rim", kind: "rim", ...pointTowards(centre, radiusM, 90) };
  return { rings: [circleAround(centre, radiusM, CIRCLE_POINTS)], handles: [...handles, rim], isOpen: false };
}

function polygonOf({ rings, isClosed }: GeofenceDraft): Omit<MapDraft, "isFaulty"> {
  const places = rings.map((ring) => ring.map(toPlace));
  const corners = places.flatMap((ring, no) =>
    ring.map((place, i): MapHandle => ({ id: handleId("corner", no, i), kind: "corner", ...place })),
  );
  const middles = places.flatMap((ring, no) => {
    const from = no === 0 && !isClosed ? ring.slice(0, -1) : ring;
    return from.map((after, i): MapHandle => {
      const middle = middleOf(after, ring[(i + 1) % ring.length]!);
      return { id: handleId("middle", no, i), kind: "middle", ...middle, after };
    });
  });
  return {
    rings: places.map((ring) => ring.filter(isDrawable)),
    handles: [...middles, ...corners].filter(isDrawable),
    isOpen: !isClosed,
  };
}

const isDrawable = ({ lat, lon }: Position) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

/** What to do next. */
export function drawingHint(draft: GeofenceDraft): string {
  if (draft.kind === "circle") {
    if (!isFilled(draft.centre)) return "Click its centre on the map, then a point of its rim, or fill in the fields.";
    if (draft.radiusM.trim() === "") return "Click a point of its rim.";
    return "Drag the centre or the point on the rim.";
  }
  const missing = 3 - (draft.rings[0]?.length ?? 0);
  if (draft.isClosed) return "Drag corners to move them, the small circles between them to add one. Backspace undoes.";
  if (missing === 3) return "Click the map at each corner, or add corners below.";
  if (missing > 0) return `${countOf(missing, "more corner")} at least. Backspace takes the last one back.`;
  return "Click the first corner or press Enter to close the border. Backspace takes the last corner back.";
}
