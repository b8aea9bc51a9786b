import L from "leaflet";
import type { MapTiles } from "#lib/maps/spec";

/** What lies under the points: the tile server's pictures, or the offline basemap (by choice, or because tiles fail). */
export type TilesState = "none" | "waiting" | "shown" | "unavailable";

const ANSWER_WITHIN_MS = 4000;
/** Single missing tiles are normal; a server that fails this often without one success is not answering. */
const ERRORS_MAX = 3;

/**
 * Puts raster tiles over the offline basemap and takes them away again when the server does not answer: the
 * basemap underneath is always painted, so the map is never blank. Tries again when the browser comes back online.
 */
export class TilesLayer {
  readonly #map: L.Map;
  readonly #tiles: MapTiles;
  readonly #onState: (state: TilesState) => void;
  #layer: L.TileLayer | null = null;
  #timer = 0;
  #errors = 0;

  constructor(map: L.Map, tiles: MapTiles, onState: (state: TilesState) => void) {
    this.#map = map;
    this.#tiles = tiles;
    this.#onState = onState;
    window.addEventListener("online", this.#start);
    this.#start();
  }

  remove(): void {
    window.removeEventListener("online", this.#start);
    this.#stop();
  }

  readonly #start = (): void => {
    this.#stop();
    this.#errors = 0;
    this.#onState("waiting");
    const { url, maxZoom = 19 } = this.#tiles;
    const layer = L.tileLayer(url, { maxZoom, maxNativeZoom: maxZoom });
    layer.on("tileload", () => this.#answered());
    layer.on("tileerror", () => this.#failed());
    this.#timer = window.setTimeout(() => this.#giveUp(), ANSWER_WITHIN_MS);
    this.#layer = layer.addTo(this.#map);
  };

  #answered(): void {
    if (this.#timer === 0) return;
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#onState("shown");
  }

  #failed(): void {
    this.#errors += 1;
    if (this.#timer !== 0 && this.#errors >= ERRORS_MAX) this.#giveUp();
  }

  #giveUp(): void {
    this.#stop();
    this.#onState("unavailable");
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#layer?.remove();
    this.#layer = null;
  }
}
