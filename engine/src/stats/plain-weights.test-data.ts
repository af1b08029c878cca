import { poissonThresholds } from './poisson-weights.ts';
import { prime1, prime2, prime3, prime4, prime5 } from './unit-hash.ts';

/** The weight that a hash stands for, in plain form: how many thresholds it has reached. */
export function poissonWeight(hash: bigint): number {
  return poissonThresholds.filter((threshold) => hash >= threshold).length;
}

/** xxHash64 of the unit's eight bytes, least significant first: the plain form of what weights-kernel.ts runs. */
export function hashUnit(bits: bigint, seed: bigint): bigint {
  let h = wrap(seed + prime5 + 8n) ^ wrap(rotate(wrap(bits * prime2), 31n) * prime1);
  h = wrap(rotate(h, 27n) * prime1 + prime4);
  h = wrap((h ^ (h >> 33n)) * prime2);
  h = wrap((h ^ (h >> 29n)) * prime3);
  return h ^ (h >> 32n);
}

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => wrap(value << by) | (value >> (64n - by));
