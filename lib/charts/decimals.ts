/** Decimals that tell ticks of this spacing apart: 0 for 5, 1 for 0.5, 2 for 0.25. */
export function decimalsForStep(step: number): number {
  if (!(step > 0)) return 0;
  for (let decimals = 0; decimals < 9; decimals++) {
    if (Math.abs(step - Number(step.toFixed(decimals))) < step * 1e-6) return decimals;
  }
  return 9;
}

/** Decimals of values that spread over `span`: about three digits of it, so that one line of a tooltip stays short. */
export function decimalsForSpan(span: number): number {
  if (!(span > 0)) return 1;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(span))));
}
