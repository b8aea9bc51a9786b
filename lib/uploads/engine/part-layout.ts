export interface PartLayout {
  sizeBytes: number;
  partSizeBytes: number;
}

/** First byte and the one after the last of a part (numbers start at 1). */
export function partRange(layout: PartLayout, partNumber: number): { startByte: number; endByte: number } {
  const startByte = (partNumber - 1) * layout.partSizeBytes;
  return { startByte, endByte: Math.min(layout.sizeBytes, startByte + layout.partSizeBytes) };
}

export function partSizeOf(layout: PartLayout, partNumber: number): number {
  const { startByte, endByte } = partRange(layout, partNumber);
  return Math.max(0, endByte - startByte);
}
