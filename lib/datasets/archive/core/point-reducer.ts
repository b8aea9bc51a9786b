const POINTS_MAX = 4_000;

interface Point {
  x: number;
  y: number;
}

/**
 * Takes rows one by one and keeps what a chart of them needs: all, or of ever more rows that follow one another the
 * lowest and the highest, in the order they came. Memory does not grow with the rows.
 */
export class PointReducer {
  rowCount = 0;
  #points: Point[] = [];
  /** Rows that one kept pair stands for. */
  #groupRows = 1;
  #inGroup = 0;
  #low: Point | null = null;
  #high: Point | null = null;
  #isLowFirst = true;

  push(x: number, y: number): void {
    this.rowCount += 1;
    if (this.#groupRows === 1) this.#points.push({ x, y });
    else this.#addToGroup({ x, y });
    if (this.#points.length > POINTS_MAX) this.#halve();
  }

  /** The points by ascending x. */
  end(): { x: number[]; y: number[]; pairs: number } {
    this.#closeGroup();
    const points = this.#points.toSorted((a, b) => a.x - b.x);
    const pairs = this.#groupRows === 1 ? 0 : Math.ceil(points.length / 2);
    return { x: points.map(({ x }) => x), y: points.map(({ y }) => y), pairs };
  }

  #addToGroup(point: Point): void {
    if (this.#low === null || point.y < this.#low.y) [this.#low, this.#isLowFirst] = [point, this.#high === null];
    if (this.#high === null || point.y > this.#high.y) [this.#high, this.#isLowFirst] = [point, true];
    this.#inGroup += 1;
    if (this.#inGroup === this.#groupRows) this.#closeGroup();
  }

  #closeGroup(): void {
    if (this.#low === null || this.#high === null) return;
    if (this.#low === this.#high) this.#points.push(this.#low);
    else this.#points.push(...(this.#isLowFirst ? [this.#low, this.#high] : [this.#high, this.#low]));
    [this.#low, this.#high, this.#inGroup] = [null, null, 0];
  }

  /** Of every four kept points the lowest and the highest. */
  #halve(): void {
    const all = this.#points;
    const kept: Point[] = [];
    for (let at = 0; at < all.length; at += 4) {
      const four = all.slice(at, at + 4);
      const low = four.reduce((a, b) => (b.y < a.y ? b : a));
      const high = four.reduce((a, b) => (b.y > a.y ? b : a));
      kept.push(...four.filter((point) => point === low || point === high));
    }
    this.#points = kept;
    this.#groupRows = this.#groupRows === 1 ? 4 : this.#groupRows * 2;
  }
}
