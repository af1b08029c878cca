import { type Fragment, raw } from '../../sql/fragment.ts';
import type { VerdictName } from './columns.ts';
import { composedNumber, isComposed, partsOf } from './composed.ts';

/** A verdict that must hold, or with `!` must not. Lists of terms are joined by and. */
export type Term = VerdictName | `!${VerdictName}`;

const nameOf = (term: Term): VerdictName => (term.startsWith('!') ? term.slice(1) : term) as VerdictName;

export const needsOf = (term: Term): readonly VerdictName[] => {
  const name = nameOf(term);
  return isComposed(name) ? partsOf(name) : [name];
};

const factor = (term: Term): string => {
  const name = nameOf(term);
  const text = isComposed(name) ? composedNumber(name) : `v_${name}`;
  return term.startsWith('!') ? `(1 - ${text})` : text;
};

/** One number, 1 where all hold: products are cheaper in the engine than chains of AND. */
export const product = (terms: readonly Term[]): Fragment =>
  terms.length === 0 ? raw('1') : raw(terms.map(factor).join(' * '));

/** What a verdict says beside itself, so that equal counts are counted once and products stay short. */
const implied: Partial<Record<VerdictName, readonly VerdictName[]>> = {
  reached: ['contact', 'visitor', 'opened'],
  handled: ['reached'],
  confirmed: ['handled', 'resolved', 'settled'],
  assumed: ['handled', 'resolved', 'settled', 'assumable', 'matured'],
  assumable: ['handled', 'settled', 'answered'],
  resolved: ['handled', 'settled'],
  settled: ['handled'],
  eligible: ['reached', 'support'],
  durable: ['eligible', 'resolved', 'matured'],
  bounced: ['opened'],
  rated_positive: ['rated'],
};

const withAllImplied = (name: VerdictName): VerdictName[] =>
  (implied[name] ?? []).flatMap((one) => [one, ...withAllImplied(one)]);

const spellings: Partial<Record<Term, readonly Term[]>> = {
  deflected: ['eligible', 'resolved'],
  durable: ['eligible', 'resolved', 'matured', '!returned'],
};

/** The same condition in its shortest form: words for several are spelled out, what another term implies is left out. */
export const shortest = (terms: readonly Term[]): Term[] => {
  const spelled = terms.flatMap((term): readonly Term[] => spellings[term] ?? [term]);
  const said = new Set(spelled.flatMap((term) => (term.startsWith('!') ? [] : withAllImplied(nameOf(term)))));
  return [...new Set(spelled)].filter((term) => term.startsWith('!') || !said.has(nameOf(term))).sort();
};
