/** A frame holds what was received between two multiples of this, seconds of unix time. */
export const FRAME_S = 30;

/** Number of the frame that ends at or before this instant: the same for every process and viewer. */
export function frameNoAt(nowMs: number): number {
  return Math.floor(nowMs / (FRAME_S * 1000));
}

/** When the frame that is being filled closes. */
export function nextFrameAtMs(nowMs: number): number {
  return (frameNoAt(nowMs) + 1) * FRAME_S * 1000;
}

/** A wall clock as it was sent, without a zone. */
export function wallText(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, ms % 1000 === 0 ? 19 : 23)}`;
}
