import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import xxhash from 'xxhash-wasm';
import { hashUnit, poissonWeight } from './plain-weights.test-data.ts';
import { fillWeights, poissonThresholds } from './poisson-weights.ts';
import { prime1, prime2, prime3, prime4, prime5, unitBits } from './unit-hash.ts';
import { kernelBlock } from './weights-kernel.ts';

const { h64Raw, h64 } = await xxhash();
const word = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const replicate = fc.nat({ max: 999 });

function weightsOf(bits: readonly bigint[], seed: number): number[] {
  const weights = new Uint8Array(bits.length);
  fillWeights(BigUint64Array.from(bits), seed, weights);
  return Array.from(weights);
}

describe('hashUnit', () => {
  it('is xxHash64 of the eight bytes, least significant first', () => {
    fc.assert(
      fc.property(word, word, (bits, seed) => {
        const bytes = new Uint8Array(8);
        new DataView(bytes.buffer).setBigUint64(0, bits, true);
        expect(hashUnit(bits, seed)).toBe(h64Raw(bytes, seed));
      }),
      { numRuns: 1_000 },
    );
  });

  it('a text unit is its xxHash64, a number unit itself', () => {
    expect(unitBits('person-1')).toBe(h64('person-1', 0n));
    // the reference implementation's value for the empty text
    expect(unitBits('')).toBe(0xef46db3751d8e999n);
    expect(unitBits(42n)).toBe(42n);
    expect(unitBits(-1n)).toBe((1n << 64n) - 1n);
  });
});

describe('poissonThresholds', () => {
  it('are the distribution function of Poisson(1) in 64 binary places', () => {
    // ⌈2⁶⁴·e⁻¹·(1 + 1 + ½ + …)⌉ from exact fractions
    expect(poissonThresholds.slice(0, 3)).toEqual([
      6786177901268885275n,
      13572355802537770550n,
      16965444753172213187n,
    ]);
    expect(poissonThresholds).toHaveLength(20);
  });
});

describe('fillWeights', () => {
  it('gives each unit the weight its hash stands for', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 50 }), replicate, (bits, seed) => {
        expect(weightsOf(bits, seed)).toEqual(bits.map((own) => poissonWeight(hashUnit(own, BigInt(seed)))));
      }),
      { numRuns: 200 },
    );
  });

  it('turns over exactly at every threshold', () => {
    const seed = 7;
    const units = poissonThresholds.flatMap((t) =>
      [t - 1n, t].map((hash) => unitWithHash(hash, BigInt(seed))),
    );
    expect(weightsOf(units, seed)).toEqual(poissonThresholds.flatMap((_, k) => [k, k + 1]));
    expect(weightsOf([unitWithHash(0n, 7n), unitWithHash((1n << 64n) - 1n, 7n)], seed)).toEqual([0, 20]);
  });

  it('a weight depends on the unit and the replicate, not on the neighbours, also across blocks', () => {
    const many = Array.from({ length: kernelBlock + 3 }, (_, i) => BigInt(i) * 7_919n);
    const together = weightsOf(many, 3);
    for (const i of [0, 1, kernelBlock - 1, kernelBlock, kernelBlock + 2]) {
      expect(weightsOf([many[i] ?? 0n], 3)).toEqual([together[i]]);
    }
    expect(weightsOf(many, 4)).not.toEqual(together);
    expect(weightsOf([], 4)).toEqual([]);
  });

  it('weights of many units have mean 1 and variance 1', () => {
    const weights = weightsOf(
      Array.from({ length: 20_000 }, (_, i) => BigInt(i)),
      0,
    );
    const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
    const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length;
    // four standard errors at n = 20,000: 0.028 and 0.049
    expect(Math.abs(mean - 1)).toBeLessThan(0.028);
    expect(Math.abs(variance - 1)).toBeLessThan(0.049);
  });
});

/** xxHash64 of eight bytes maps one to one; this is the way back. */
function unitWithHash(hash: bigint, seed: bigint): bigint {
  let h = unshift(hash, 32n);
  h = unshift(wrap(h * inverse(prime3)), 29n);
  h = unshift(wrap(h * inverse(prime2)), 33n);
  h = rotateRight(wrap((h - prime4) * inverse(prime1)), 27n);
  h ^= wrap(seed + prime5 + 8n);
  return wrap(rotateRight(wrap(h * inverse(prime1)), 31n) * inverse(prime2));
}

function wrap(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function rotateRight(value: bigint, by: bigint): bigint {
  return (value >> by) | wrap(value << (64n - by));
}

function unshift(value: bigint, by: bigint): bigint {
  return value ^ (value >> by) ^ (value >> (2n * by));
}

/** Modulo 2⁶⁴, by Newton's doubling of correct bits. */
function inverse(odd: bigint): bigint {
  let x = odd;
  for (let step = 0; step < 6; step += 1) x = wrap(x * (2n - odd * x));
  return x;
}
