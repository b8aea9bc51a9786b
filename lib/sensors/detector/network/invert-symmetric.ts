/**
 * Inverse of a small symmetric positive definite matrix (row-major, `size` × `size`) by Gauss–Jordan without
 * pivoting, which such matrices do not need. `out` may be reused between calls.
 */
export function invertSymmetric(
  matrix: Float64Array,
  size: number,
  out: Float64Array = new Float64Array(size * size),
): Float64Array {
  const work = matrix.slice();
  out.fill(0);
  for (let k = 0; k < size; k++) out[k * size + k] = 1;
  for (let k = 0; k < size; k++) {
    const pivot = 1 / work[k * size + k]!;
    for (let l = 0; l < size; l++) {
      work[k * size + l]! *= pivot;
      out[k * size + l]! *= pivot;
    }
    for (let row = 0; row < size; row++) {
      const factor = work[row * size + k]!;
      if (row === k || factor === 0) continue;
      for (let l = 0; l < size; l++) {
        work[row * size + l]! -= factor * work[k * size + l]!;
        out[row * size + l]! -= factor * out[k * size + l]!;
      }
    }
  }
  return out;
}
