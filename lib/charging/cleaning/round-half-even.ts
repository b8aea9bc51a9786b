/** Rounds to a number of decimals, ties to the even digit, by scaling as NumPy does: equal results to the last bit. */
export function roundHalfEven(value: number, factor: number): number {
  const scaled = value * factor;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  if (rest !== 0.5) return (rest < 0.5 ? floor : floor + 1) / factor;
  return (floor % 2 === 0 ? floor : floor + 1) / factor;
}
