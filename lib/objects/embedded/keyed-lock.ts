/** Runs work on the same name one after the other, on different names at once. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(name);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#tails.set(name, promise);
    await before;
    try {
      return await work();
    } finally {
      if (this.#tails.get(name) === promise) this.#tails.delete(name);
      resolve(undefined);
    }
  }
}
