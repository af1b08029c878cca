import type { FactName } from '../../fold/facts/bits.ts';
import { factMask, factPlace } from '../../fold/facts/bits.ts';
import { type Fragment, raw } from '../../sql/fragment.ts';

/** Conditions over the packed facts of a row. Masks are the program's own numbers, so they stand in the text. */
export const maskOf = (names: readonly FactName[]): bigint =>
  names.reduce((mask, name) => mask | factMask(name), 0n);

export const fact = (name: FactName): Fragment => raw(`bitTest(facts, ${factPlace(name)})`);

/** One comparison for any number of facts that must hold or must not. */
export const factsAre = (yes: readonly FactName[], no: readonly FactName[] = []): Fragment =>
  raw(`bitAnd(facts, ${maskOf([...yes, ...no])}) = ${maskOf(yes)}`);

export const anyFact = (...names: readonly FactName[]): Fragment =>
  raw(`bitAnd(facts, ${maskOf(names)}) != 0`);
