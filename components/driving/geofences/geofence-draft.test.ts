import { expect, test } from "vitest";
import { distanceM } from "#lib/geo/distance";
import type { Position } from "#lib/geo/position";
import { geofenceInput } from "#lib/driving/rules/schema";
import { findDraftFault, mapDraftOf, shapeOf } from "./draft-shape.ts";
import {
  changeDraft,
  draftOf,
  newDraft,
  type DraftAction,
  type DraftState,
  type GeofenceDraft,
} from "./geofence-draft.ts";

const at = (lat: number, lon: number): Position => ({ lat, lon });
const click = (lat: number, lon: number): DraftAction => ({ type: "place", at: at(lat, lon) });
const drag = (id: string, to: Position, dragNo = 1): DraftAction => ({ type: "drag", id, to, dragNo });

function draw(draft: GeofenceDraft, ...actions: DraftAction[]): DraftState {
  return actions.reduce<DraftState | null>(changeDraft, changeDraft(null, { type: "start", draft }))!;
}
const cornersOf = ({ draft }: DraftState) => draft.rings[0]?.map(({ lat, lon }) => `${lat} ${lon}`);

const TRIANGLE = [click(50, 10), click(50, 11), click(51, 11)];
const closed = (...actions: DraftAction[]) => draw(newDraft("polygon"), ...TRIANGLE, { type: "close" }, ...actions);
const stored = (shape: Parameters<typeof draftOf>[0]["shape"]) =>
  draftOf({ id: "a", name: "Depot", shape, ruleNames: [], createdBy: "Ada", updatedAt: "2026-01-05T08:00:00.000Z" });

test("clicks draw corners until the border is closed, and it can be closed with three", () => {
  const two = draw(newDraft("polygon"), ...TRIANGLE.slice(0, 2), { type: "close" });
  expect(two.draft.isClosed).toBe(false);
  const state = closed(click(60, 12));
  expect(cornersOf(state)).toEqual(["50 10", "50 11", "51 11"]);
  expect(geofenceInput.parse({ name: "Port", shape: shapeOf(state.draft) }).shape).toEqual({
    kind: "polygon",
    rings: [[[10, 50], [11, 50], [11, 51]]], // prettier-ignore
  });
});

test("a double click is one corner", () => {
  expect(cornersOf(draw(newDraft("polygon"), click(50, 10), click(50, 10)))).toEqual(["50 10"]);
});

test("undo takes back the last corner, a whole drag, and keeps the name", () => {
  const moved = closed(drag("corner 0 2", at(51, 10.5)), drag("corner 0 2", at(52, 10)), {
    type: "name",
    name: "Port",
  });
  expect(cornersOf(moved)?.[2]).toBe("52 10");
  const once = changeDraft(moved, { type: "undo" })!;
  expect([cornersOf(once)?.[2], once.draft.name]).toEqual(["51 11", "Port"]);
  const open = [1, 2].reduce<DraftState>((state) => changeDraft(state, { type: "undo" })!, once);
  expect([open.draft.isClosed, cornersOf(open)]).toEqual([false, ["50 10", "50 11"]]);
  expect(changeDraft(draw(newDraft("polygon")), { type: "undo" })?.past).toEqual([]);
});

test("dragging a middle makes one corner however many steps it takes; the next drag makes another", () => {
  const state = closed(drag("middle 0 2", at(50.6, 10.4), 7), drag("middle 0 2", at(50.7, 10.2), 7));
  expect(cornersOf(state)).toEqual(["50 10", "50 11", "51 11", "50.7 10.2"]);
  const again = changeDraft(state, drag("middle 0 0", at(49.9, 10.5), 8))!;
  expect(cornersOf(again)).toEqual(["50 10", "49.9 10.5", "50 11", "51 11", "50.7 10.2"]);
});

test("corners are inserted in the middle, moved by their fields, and removed; with two left the border is open", () => {
  const inserted = closed({ type: "insert", ring: 0, after: 2 });
  expect(cornersOf(inserted)?.[3]).toBe("50.5 10.5");
  const typed = changeDraft(inserted, { type: "corner", ring: 0, index: 3, change: { lat: "50.9" } })!;
  expect(cornersOf(typed)?.[3]).toBe("50.9 10.5");
  const removed = [3, 2].reduce<DraftState>(
    (state, index) => changeDraft(state, { type: "remove", ring: 0, index })!,
    typed,
  );
  expect([removed.draft.isClosed, cornersOf(removed)?.length]).toEqual([false, 2]);
});

test("what is typed into a field is one change, and a field that is no number is a fault at its corner", () => {
  const typed = closed(
    { type: "corner", ring: 0, index: 1, change: { lat: "5" } },
    { type: "corner", ring: 0, index: 1, change: { lat: "5x" } },
  );
  expect(findDraftFault(typed.draft)).toContain("Corner 2 is not a place on the map");
  expect(cornersOf(changeDraft(typed, { type: "undo" })!)?.[1]).toBe("50 11");
  expect(mapDraftOf(typed.draft)).toMatchObject({ isFaulty: true, rings: [[at(50, 10), at(51, 11)]] });
});

test("a border that crosses itself is a fault once it is closed, not while it is drawn", () => {
  const bow = [click(0, 1), click(2, 3), click(2, 1), click(0, 3)];
  expect(findDraftFault(draw(newDraft("polygon"), ...bow).draft)).toBeNull();
  expect(findDraftFault(draw(newDraft("polygon"), ...bow, { type: "close" }).draft)).toContain("crosses itself");
});

test("a circle takes its centre, then a point of its rim; more clicks change nothing", () => {
  const state = draw(newDraft("circle"), click(50, 10), click(50, 10.01), click(60, 20));
  const radiusM = Math.round(distanceM(at(50, 10), at(50, 10.01)));
  expect(shapeOf(state.draft)).toEqual({ kind: "circle", lat: 50, lon: 10, radiusM });
  const moved = changeDraft(state, drag("centre", at(51, 11)))!;
  expect(shapeOf(moved.draft)).toEqual({ kind: "circle", lat: 51, lon: 11, radiusM });
  const wider = changeDraft(moved, drag("rim", at(51, 11.05), 2))!;
  expect(Number(wider.draft.radiusM)).toBe(Math.round(distanceM(at(51, 11), at(51, 11.05))));
});

test("a stored shape that is not changed is sent as it was, holes included; a hole with two corners goes", () => {
  const rings: [number, number][][] = [
    [[10.123456789012, 50], [11, 50], [11, 51], [10, 51]], // prettier-ignore
    [[10.4, 50.4], [10.6, 50.4], [10.6, 50.6]], // prettier-ignore
  ];
  const state = draw(stored({ kind: "polygon", rings }));
  expect(shapeOf(state.draft)).toEqual({ kind: "polygon", rings });
  expect(mapDraftOf(state.draft).handles).toHaveLength(14);
  const without = changeDraft(state, { type: "remove", ring: 1, index: 0 })!;
  expect(shapeOf(without.draft)).toEqual({ kind: "polygon", rings: rings.slice(0, 1) });
});
