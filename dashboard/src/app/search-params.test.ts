import { describe, expect, it } from 'vitest';
import { oneText, parseSearch, stringifySearch } from './search-params.ts';

describe('the search part of an address', () => {
  it('comes back as it went', () => {
    const search = { week: '2026-04-27', where: ['a:1', 'b:2'] };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });

  it('holds text only: digits and true are not read as JSON', () => {
    expect(parseSearch('?week=2026&flag=true')).toEqual({ week: '2026', flag: 'true' });
  });

  it('leaves out what is not there', () => {
    expect(stringifySearch({ week: undefined, part: '' })).toBe('');
    expect(oneText(['a'])).toBeUndefined();
  });
});
