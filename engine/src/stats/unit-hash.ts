import xxhash from 'xxhash-wasm';

// xxHash64's constants (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
export const prime1 = 0x9e3779b185ebca87n;
export const prime2 = 0xc2b2ae3d27d4eb4fn;
export const prime3 = 0x165667b19e3779f9n;
export const prime4 = 0x85ebca77c2b2ae63n;
export const prime5 = 0x27d4eb2f165667c5n;

const { h64 } = await xxhash();

/**
 * A unit (a person, else a conversation) as 64 bits: a number stays itself, a text becomes the xxHash64, seed 0, of
 * its UTF-8. Every adapter gives the same unit the same bits, and the resampling weights look at nothing else.
 */
export function unitBits(unit: string | bigint): bigint {
  return typeof unit === 'bigint' ? BigInt.asUintN(64, unit) : h64(unit, 0n);
}
