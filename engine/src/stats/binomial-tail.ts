/** −1 when not even zero successes are that rare. */
const none = -1;

/**
 * The largest m with P(Bin(n, q) ≤ m) ≤ level, or −1. The tail is summed outwards from one exact term, so the cost
 * grows with √n: some thousand steps at a million.
 */
export function largestRareCount(n: number, q: number, level: number): number {
  const spread = Math.sqrt(n * q * (1 - q));
  let count = Math.max(0, Math.floor(n * q - 2 * spread));
  let term = binomialTerm(count, n, q);
  let tail = sumDownwards(count, term, n, q);
  const odds = q / (1 - q);
  while (tail > level && count > none) {
    tail -= term;
    term *= count / ((n - count + 1) * odds);
    count -= 1;
  }
  if (count === none) return none;
  for (;;) {
    const next = (term * (n - count) * odds) / (count + 1);
    if (count >= n || tail + next > level) return count;
    tail += next;
    term = next;
    count += 1;
  }
}

function sumDownwards(from: number, term: number, n: number, q: number): number {
  const odds = q / (1 - q);
  let sum = 0;
  let current = term;
  for (let k = from; k >= 0 && current > sum * 1e-18; k -= 1) {
    sum += current;
    current *= k / ((n - k + 1) * odds);
  }
  return sum;
}

/**
 * P(Bin(n, q) = k) by Loader's saddle point form ("Fast and accurate computation of binomial probabilities", 2000):
 * differences of log gammas would lose eight digits at n = 10⁷.
 */
export function binomialTerm(k: number, n: number, q: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-q));
  if (k === n) return Math.exp(n * Math.log(q));
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, n * q) -
    deviance(n - k, n * (1 - q));
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** ln n! − ln(√(2πn)·(n/e)ⁿ): the series from 16 on, below it the definition. */
function stirlingError(n: number): number {
  if (n < 16) {
    let logFactorial = 0;
    for (let i = 2; i <= n; i += 1) logFactorial += Math.log(i);
    return logFactorial - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
  }
  const s = 1 / (n * n);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - s / 1188) * s) * s) * s) / n;
}

/** x·ln(x/m) + m − x, by a series where x and m are close and the plain form would cancel. */
function deviance(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) - difference;
  const v = difference / (x + m);
  let sum = difference * v;
  let power = 2 * x * v;
  for (let j = 3; ; j += 2) {
    power *= v * v;
    const next = sum + power / j;
    if (next === sum) return sum;
    sum = next;
  }
}
