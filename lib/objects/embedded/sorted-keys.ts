const BLOCK_KEYS_MAX = 1024;

/** Surrogates above everything else: the order of UTF-8 bytes, which S3 lists in, is that of code points. */
function rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit >= 0xe000 ? codeUnit - 0x800 : codeUnit + 0x2000;
}

/** Compares keys as S3 sorts them, by their UTF-8 bytes. */
export function compareKeys(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** First index whose item satisfies `isReached`, which is false for a run of items and true from then on. */
function firstReached<T>(items: readonly T[], isReached: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && isReached(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Keys in S3's order: blocks of bounded length, so that one change moves a thousand names at most. */
export class SortedKeys {
  readonly #blocks: string[][] = [];

  #blockIndex(isReached: (key: string) => boolean): number {
    return firstReached(this.#blocks, (block) => isReached(block.at(-1) ?? ""));
  }

  /** Adds a key that is not there yet. */
  add(key: string): void {
    const isReached = (other: string): boolean => compareKeys(other, key) >= 0;
    const index = Math.min(this.#blockIndex(isReached), this.#blocks.length - 1);
    const block = this.#blocks[index];
    if (!block) {
      this.#blocks.push([key]);
      return;
    }
    block.splice(firstReached(block, isReached), 0, key);
    if (block.length > BLOCK_KEYS_MAX) this.#blocks.splice(index + 1, 0, block.splice(block.length >>> 1));
  }

  delete(key: string): void {
    const isReached = (other: string): boolean => compareKeys(other, key) >= 0;
    const index = this.#blockIndex(isReached);
    const block = this.#blocks[index];
    const at = block ? firstReached(block, isReached) : -1;
    if (block?.[at] !== key) return;
    block.splice(at, 1);
    if (block.length === 0) this.#blocks.splice(index, 1);
  }

  /** All keys in order from the first for which `isReached` holds; it must hold for all keys behind it too. */
  *from(isReached: (key: string) => boolean): Generator<string, void, undefined> {
    let index = this.#blockIndex(isReached);
    let at = firstReached(this.#blocks[index] ?? [], isReached);
    for (; index < this.#blocks.length; index += 1, at = 0) {
      const block = this.#blocks[index] ?? [];
      for (; at < block.length; at += 1) {
        const key = block[at];
        if (key !== undefined) yield key;
      }
    }
  }
}
