import { vocabulary } from '@botworth/contract/vocabulary';
import type { EventRow } from '../../src/store/schema/event-row.ts';
import { inOrder } from './order.ts';

/** "Keys are tied by links, each with the event that made it. The person is the connected set of keys." */
export const peopleOf = (events: readonly EventRow[], cap: number): ((key: string) => string) => {
  const state = new Map<string, { pair: [string, string]; tied: boolean }>();
  for (const event of [...events].sort(inOrder)) {
    const keys = [...new Set(event.ties)];
    for (const a of keys) {
      for (const b of keys) {
        if (BigInt(a) >= BigInt(b)) continue;
        // In the order of time, so the last word on a pair stands.
        state.set(`${a} ${b}`, { pair: [a, b], tied: event.code !== vocabulary.unlink.code });
      }
    }
  }
  const neighbours = new Map<string, Set<string>>();
  for (const { pair, tied } of state.values()) {
    if (!tied) continue;
    const [a, b] = pair;
    neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
    neighbours.set(b, (neighbours.get(b) ?? new Set()).add(a));
  }
  /** User ids, e-mails, phones and CRM contacts: the first four kinds. */
  const isStrong = (key: string) => (BigInt(key) & 7n) < 4n;
  const capped = new Set(
    [...neighbours].filter(([, others]) => [...others].filter(isStrong).length > cap).map(([key]) => key),
  );
  const person = new Map<string, string>();
  for (const start of neighbours.keys()) {
    if (capped.has(start) || person.has(start)) continue;
    const component = [start];
    const seen = new Set(component);
    for (const key of component) {
      for (const other of neighbours.get(key) ?? []) {
        if (!capped.has(other) && !seen.has(other)) {
          seen.add(other);
          component.push(other);
        }
      }
    }
    const smallest = component.reduce((least, key) => (BigInt(key) < BigInt(least) ? key : least));
    for (const key of component) person.set(key, smallest);
  }
  return (key) => person.get(key) ?? key;
};
