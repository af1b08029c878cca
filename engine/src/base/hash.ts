import { type PersonKeyType, personKeyTypes } from '@botworth/contract/dimensions';
import xxhash from 'xxhash-wasm';

/** Loaded once with the module, so that every caller hashes without waiting. */
const { h64, h64ToString } = await xxhash();

/** xxHash64 of the UTF-8 text: the same value as the engine's `xxHash64(text)` when the seed is 0. */
export const hash64 = (text: string, seed = 0n): bigint => h64(text, seed);

/** Any seed but 0 does; it must never change, or stored event ids would no longer meet their re-sends. */
const SECOND_SEED = 0x9e3779b97f4a7c15n;

/** 128 bits as UUID text: two seeds of xxHash64. Not a secret, only an identity. */
export const hash128 = (text: string): string => {
  const high = h64ToString(text);
  const low = h64ToString(text, SECOND_SEED);
  return `${high.slice(0, 8)}-${high.slice(8, 12)}-${high.slice(12)}-${low.slice(0, 4)}-${low.slice(4)}`;
};

export const threadHash = (workspaceNumber: number, threadId: string): bigint =>
  h64(`${workspaceNumber}\u0000t\u0000${threadId}`);

/** The fold computes the same inside the engine: `xxHash64(concat(toString(workspace_id), '\0c\0', conversation_id))`. */
export const conversationHash = (workspaceNumber: number, conversationId: string): bigint =>
  h64(`${workspaceNumber}\u0000c\u0000${conversationId}`);

export const eventHash = (workspaceNumber: number, eventId: string): string =>
  hash128(`${workspaceNumber}\u0000e\u0000${eventId}`);

const typePlaces = new Map(personKeyTypes.map((type, place) => [type, BigInt(place)]));

/**
 * A key that names a person: a hash whose low three bits are the key's type, strongest first. 0 means "none", so a
 * hash that would come out as 0 moves to 8. The value is normalised by the caller.
 */
export const personKey = (workspaceNumber: number, type: PersonKeyType, value: string): bigint => {
  const place = typePlaces.get(type) ?? 0n;
  const key = (h64(`${workspaceNumber}\u0000${type}\u0000${value}`) & ~7n) | place;
  return key === 0n ? 8n : key;
};

export const personKeyPlace = (key: bigint): number => Number(key & 7n);
