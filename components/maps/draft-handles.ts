import type L from "leaflet";
import { type Position, wrapLongitude } from "#lib/geo/position";
import type { MapDraft, MapHandle } from "#lib/maps/spec";
import { isClear } from "./layers/draft-layer.ts";

export interface HandleDrag {
  id: string;
  to: Position;
  /** The same for all steps of one drag. */
  dragNo: number;
}

interface HandleEvents {
  onDrag(drag: HandleDrag): void;
  /** Pressed and let go at its place. */
  onPress(id: string): void;
  /** Another one is under the pointer. */
  onActive(id: string | null): void;
}

interface Pressed {
  handle: MapHandle;
  atX: number;
  atY: number;
  isDragged: boolean;
}

const MOUSE_REACH_PX = 10;
const TOUCH_REACH_PX = 20;
/** A hand that trembles does not drag. */
const DRAG_FROM_PX = 3;

/** Lets handles of a draft be dragged, by mouse, pen or finger, before Leaflet takes the movement for one of the map. */
export class DraftHandles {
  readonly #map: L.Map;
  readonly #events: HandleEvents;
  readonly #stopped = new AbortController();
  #draft: MapDraft | null = null;
  #pressed: Pressed | null = null;
  #isClickOurs = false;
  #dragNo = 0;

  constructor(map: L.Map, events: HandleEvents) {
    this.#map = map;
    this.#events = events;
    const container = map.getContainer();
    const options = { capture: true, signal: this.#stopped.signal };
    container.addEventListener("pointerdown", (event) => this.#press(event), options);
    container.addEventListener("pointermove", (event) => this.#move(event), options);
    for (const end of ["pointerup", "pointercancel"] as const) {
      container.addEventListener(end, (event) => this.#release(event), options);
    }
    for (const start of ["mousedown", "touchstart"] as const) {
      container.addEventListener(start, (event) => this.#pressed && event.stopPropagation(), options);
    }
    container.addEventListener("click", (event) => this.#isClickOurs && event.stopImmediatePropagation(), options);
  }

  setDraft(draft: MapDraft | null): void {
    if ((draft === null) !== (this.#draft === null)) this.#map.doubleClickZoom[draft ? "disable" : "enable"]();
    this.#draft = draft;
    if (!this.#pressed) this.#map.getContainer().style.cursor = draft?.isOpen ? "crosshair" : "";
  }

  stop(): void {
    this.#stopped.abort();
  }

  #press(event: PointerEvent): void {
    const handle = event.button === 0 && event.isPrimary ? this.#find(event) : null;
    this.#isClickOurs = handle !== null;
    if (!handle) return;
    event.stopPropagation();
    this.#dragNo += 1;
    this.#pressed = { handle, atX: event.clientX, atY: event.clientY, isDragged: false };
    this.#map.getContainer().setPointerCapture(event.pointerId);
  }

  #move(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (!pressed) {
      this.#point(event);
      return;
    }
    event.stopPropagation();
    pressed.isDragged ||= Math.hypot(event.clientX - pressed.atX, event.clientY - pressed.atY) >= DRAG_FROM_PX;
    if (!pressed.isDragged) return;
    const { lat, lng } = this.#map.mouseEventToLatLng(event);
    this.#events.onDrag({ id: pressed.handle.id, to: { lat, lon: wrapLongitude(lng) }, dragNo: this.#dragNo });
  }

  #release(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    event.stopPropagation();
    this.#pressed = null;
    if (!pressed.isDragged && event.type === "pointerup") this.#events.onPress(pressed.handle.id);
  }

  #point(event: PointerEvent): void {
    if (!this.#draft || event.buttons !== 0) return;
    const handle = this.#find(event);
    this.#map.getContainer().style.cursor = handle ? "move" : this.#draft.isOpen ? "crosshair" : "";
    this.#events.onActive(handle?.id ?? null);
  }

  /** The nearest handle within reach; a corner rather than the middle beside it. */
  #find(event: PointerEvent): MapHandle | null {
    const at = this.#map.mouseEventToContainerPoint(event);
    const reachPx = event.pointerType === "touch" ? TOUCH_REACH_PX : MOUSE_REACH_PX;
    const centreLon = this.#map.getCenter().lng;
    const project = (lat: number, lon: number) => {
      const near = lon + 360 * Math.round((centreLon - lon) / 360);
      const { x: xPx, y: yPx } = this.#map.latLngToContainerPoint([lat, near]);
      return { xPx, yPx };
    };
    const reached = (this.#draft?.handles ?? []).flatMap((handle) => {
      const { xPx, yPx } = project(handle.lat, handle.lon);
      const distancePx = Math.hypot(xPx - at.x, yPx - at.y) + (handle.kind === "middle" ? 4 : 0);
      return distancePx <= reachPx && isClear(handle, project) ? [{ handle, distancePx }] : [];
    });
    return reached.sort((a, b) => a.distancePx - b.distancePx)[0]?.handle ?? null;
  }
}
