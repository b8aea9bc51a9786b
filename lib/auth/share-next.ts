/**
 * Lets callers who ask for the same thing share one lookup. A caller never shares one that began before it asked: what
 * it gets is as fresh as a lookup of its own, so that a key that was revoked before is refused.
 */
export function shareNext<T>(look: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  const next = new Map<string, Promise<T>>();

  const start = (key: string): Promise<T> => {
    next.delete(key);
    const lookup = look(key).finally(() => {
      if (running.get(key) === lookup) running.delete(key);
    });
    running.set(key, lookup);
    return lookup;
  };
  return (key) => {
    const current = running.get(key);
    if (!current) return start(key);
    const waiting = next.get(key);
    if (waiting) return waiting;
    const begin = () => start(key);
    const shared = current.then(begin, begin);
    next.set(key, shared);
    return shared;
  };
}
