import { assembleKernel, kernelBlock } from './weights-kernel.ts';

/** How many replicates every bootstrap draws: B. Replicate b is seeded with b = 0 … B − 1. */
export const replicateCount = 1_000;

/** ⌈P(Poisson(1) ≤ k)·2⁶⁴⌉ for k = 0, 1, …: from it on, a hash stands for more than k. */
export const poissonThresholds: readonly bigint[] = computeThresholds();

const kernel = assembleKernel(poissonThresholds);

/**
 * The Poisson(1) weight of every unit in one replicate: the inverse distribution function at xxHash64(unit, seed
 * b)/2⁶⁴. A unit's weight depends on the unit and on b, and on nothing else.
 */
export function fillWeights(bits: BigUint64Array, replicate: number, weights: Uint8Array): void {
  const seed = BigInt(replicate);
  for (let from = 0; from < bits.length; from += kernelBlock) {
    const block = bits.subarray(from, from + kernelBlock);
    kernel.bits.set(block);
    kernel.fill(seed, block.length);
    weights.set(kernel.weights.subarray(0, block.length), from);
  }
}

function computeThresholds(): bigint[] {
  // e⁻¹ = Σ(−1)ⁱ/i! in fixed point with 128 binary places; 2⁻⁶⁴ is all the hash can resolve.
  let inverseE = 0n;
  for (let i = 0n, term = 1n << 128n; term !== 0n; i += 1n, term = -term / i) inverseE += term;
  const found: bigint[] = [];
  let sum = 0n;
  for (let k = 0n, term = inverseE; ; k += 1n, term /= k) {
    sum += term;
    const threshold = (sum >> 64n) + 1n; // rounded up; e is irrational, so never whole
    if (threshold >= 1n << 64n) return found;
    found.push(threshold);
  }
}
