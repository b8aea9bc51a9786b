/**
 * Noise as a function of a place in a sequence, not of what was drawn before: any instant can be computed alone, in
 * any order, for ever the same. Streams are told apart by a whole number from `streamOf`.
 */

/** Mixes two 32-bit numbers (Murmur3 finaliser over a multiply-add); every input bit moves every output bit. */
function mix(stream: number, counter: number): number {
  let h = Math.imul(stream ^ Math.imul(counter, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A stream number for a name: FNV-1a. */
export function streamOf(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return mix(h, name.length);
}

/** Uniform in [0, 1) at a whole number. */
export function uniformAt(stream: number, counter: number): number {
  return mix(stream, counter) / 4_294_967_296;
}

/** Close to a standard normal at a whole number: the sum of three uniforms, so never beyond ±3. */
export function normalAt(stream: number, counter: number): number {
  const h = mix(stream, counter);
  const g = mix(h, 0x5bd1e995);
  return ((h & 0xffff) + (h >>> 16) + (g & 0xffff)) / 32_768 - 3;
}

/** Smooth noise over a continuous axis: normal values at whole numbers, eased between them. About unit variance. */
export function smoothNoise(stream: number, x: number): number {
  const cell = Math.floor(x);
  const f = x - cell;
  const ease = f * f * (3 - 2 * f);
  const a = normalAt(stream, cell);
  // Between two independent values the variance would fall to one half; the root puts it back.
  const weight = Math.sqrt((1 - ease) * (1 - ease) + ease * ease);
  return (a + (normalAt(stream, cell + 1) - a) * ease) / weight;
}
