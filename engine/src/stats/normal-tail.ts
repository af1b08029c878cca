/**
 * P(|Z| ≥ z) of a standard normal Z, i.e. erfc(z/√2), to some 1e-14 relative.
 * Abramowitz & Stegun 26.2.11 (series) near the middle, 26.2.14 (continued fraction) in the tails.
 */
export function twoSidedNormalTail(z: number): number {
  const x = Math.abs(z);
  if (x === 0) return 1;
  if (x > 38) return 0; // the smallest double is larger
  const twiceDensity = Math.sqrt(2 / Math.PI) * Math.exp((-x * x) / 2);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 1 - twiceDensity * sum;
  }
  // Evaluated from the far end; 120 levels are enough from 2.5 on.
  let fraction = x;
  for (let k = 120; k >= 1; k -= 1) fraction = x + k / fraction;
  return twiceDensity / fraction;
}
