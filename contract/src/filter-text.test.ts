import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFilter, writeFilter } from './filter-text.ts';

test('a condition survives its way through an address, whatever its values hold', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (negate, values) => {
      const filter = { cut: 'page', negate, values };
      expect(readFilter(writeFilter(filter))).toEqual(filter);
    }),
  );
});

test('a comma parts values, an escaped one does not; a lone backslash stands for itself', () => {
  expect(readFilter('intent:billing,refund')).toEqual({
    cut: 'intent',
    negate: false,
    values: ['billing', 'refund'],
  });
  expect(readFilter('!page:/a\\,b,C:\\dir')).toEqual({
    cut: 'page',
    negate: true,
    values: ['/a,b', 'C:\\dir'],
  });
  for (const text of ['intent', 'Intent:x', ':x', '']) expect([text, readFilter(text)]).toEqual([text, null]);
});
