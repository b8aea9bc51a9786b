import {
  type BasemapTile,
  basemapTileFile,
  decodeTile,
  parentTile,
  type TileAddress,
  tilePath,
} from "#lib/maps/basemap/tile";

/** Where the basemap's tiles are served; `bin/build-basemap.ts` writes them there. */
export const BASEMAP_URL = "/basemap";

interface Entry {
  tile: BasemapTile | null;
  failedAt: number | null;
}

const RETRY_AFTER_MS = 20_000;
const GATHER_MS = 120;

/** Tiles loaded so far, shared by all maps of the page. A tile that fails is tried again later, never in a loop. */
export class BasemapSource {
  readonly #baseUrl: string;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #pending = 0;
  #timer = 0;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Called when all tiles asked for have arrived, or after a moment with those that have: painting is the dear part. */
  onTile(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The tile, or its closest loaded ancestor; asks for those that are missing. */
  best(address: TileAddress): BasemapTile | null {
    const own = this.#ask(address);
    if (own) return own;
    const parent = parentTile(address);
    return parent ? this.best(parent) : null;
  }

  #ask(address: TileAddress): BasemapTile | null {
    const key = tilePath(address);
    const entry = this.#entries.get(key);
    const failedLately = entry?.failedAt != null && performance.now() - entry.failedAt < RETRY_AFTER_MS;
    if (entry && (entry.tile || entry.failedAt === null || failedLately)) return entry.tile;
    this.#entries.set(key, { tile: null, failedAt: null });
    void this.#load(address, key);
    return null;
  }

  async #load(address: TileAddress, key: string): Promise<void> {
    this.#pending += 1;
    try {
      const response = await fetch(`${this.#baseUrl}/${key}`, { cache: "force-cache" });
      if (!response.ok) throw new Error(`basemap tile ${key}: ${response.status}`);
      const file = basemapTileFile.parse(await response.json());
      this.#entries.set(key, { tile: decodeTile(file, address), failedAt: null });
    } catch {
      // The coarser tile, or the bare graticule, stays visible: a map is never blank and needs no message for this.
      this.#entries.set(key, { tile: null, failedAt: performance.now() });
    }
    this.#pending -= 1;
    this.#announce();
  }

  #announce(): void {
    if (this.#pending > 0) {
      this.#timer ||= window.setTimeout(() => this.#tell(), GATHER_MS);
      return;
    }
    this.#tell();
  }

  #tell(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    for (const listener of this.#listeners) listener();
  }
}

const sources = new Map<string, BasemapSource>();

/** One source per address, so that several maps on a page share what they loaded. */
export function basemapSource(baseUrl: string = BASEMAP_URL): BasemapSource {
  const known = sources.get(baseUrl);
  if (known) return known;
  const source = new BasemapSource(baseUrl);
  sources.set(baseUrl, source);
  return source;
}
