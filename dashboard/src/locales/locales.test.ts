import { describe, expect, it } from 'vitest';
import { languages } from '../app/languages.ts';
import { productFiles } from '../source-rules/source-files.ts';
import { isNode, syntaxOf, textOf, walk } from '../source-rules/syntax.ts';

type Words = { readonly [name: string]: string | Words };
const files = import.meta.glob<Words>('./*.json', { import: 'default', eager: true });

const flatten = (words: Words, before = ''): [string, string][] =>
  Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[before + name, value]] : flatten(value, `${before}${name}.`),
  );

const listOf = (language: string): ReadonlyMap<string, string> =>
  new Map(flatten(files[`./${language}.json`] ?? {}));
const lists = new Map(languages.map((language) => [language, listOf(language)]));
const english = lists.get('en') ?? new Map<string, string>();

const plural = /_(zero|one|two|few|many|other)$/;
const bases = (list: ReadonlyMap<string, string>): Set<string> =>
  new Set([...list.keys()].map((key) => key.replace(plural, '')));
const gapsOf = (text: string): string =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort().join(' ');

/** The same in every language on purpose: names, code, keys, and what is only a mark. */
const mayBeEqual =
  /^(product|joint|choices\.digit\.|set_up\.(snippet|your_key)|channel\.|metric_of|range\.|unit\.score|size\.score|spoken\.score|figure\.zone|facts\.ripe_all|drill\.title|change\.|verdict\.range|scoreboard\.period|rows\.both|explain\.window|set_up\.waiting)/;

describe.each(languages.filter((language) => language !== 'en'))('the word list %s', (language) => {
  const list = lists.get(language) ?? new Map<string, string>();

  it('has every key of English and no other', () => {
    expect([...bases(english)].filter((key) => !bases(list).has(key))).toEqual([]);
    expect([...bases(list)].filter((key) => !bases(english).has(key))).toEqual([]);
  });

  it('fills the same gaps', () => {
    const wrong = [...list].filter(([key, text]) => {
      const base = key.replace(plural, '');
      const original = english.get(base) ?? english.get(`${base}_other`) ?? '';
      return gapsOf(text) !== gapsOf(original);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves nothing in English', () => {
    const same = [...list].filter(
      ([key, text]) =>
        !mayBeEqual.test(key) &&
        /\p{L}{3,}/u.test(text.replace(/\{\{\w+\}\}/g, '')) &&
        english.get(key) === text,
    );
    expect(same).toEqual([]);
  });
});

describe.each(languages)('in %s', (language) => {
  const list = lists.get(language) ?? new Map<string, string>();

  it('a sentence with a plural has all forms of the language', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const withForms = new Set(
      [...list.keys()].filter((key) => plural.test(key)).map((key) => key.replace(plural, '')),
    );
    const missing = [...withForms].flatMap((base) =>
      categories.filter((form) => !list.has(`${base}_${form}`)).map((form) => `${base}_${form}`),
    );
    expect(missing).toEqual([]);
  });

  it('no two metrics have the same name', () => {
    const names = [...list].filter(([key]) => /^metric\.\w+\.name$/.test(key)).map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(12);
  });
});

describe('terms', () => {
  it.each([
    ['ar', 'معدل الإنجاز دون موظف', 'معدل الإحالة إلى موظف', 'معدل عدم الفهم'],
    ['ru', 'Решено без оператора', 'Передача оператору', 'Доля «не понял»'],
    ['ja', '無人解決率', '有人引き継ぎ率', 'フォールバック率'],
    ['ko', '무상담 해결률', '상담원 연결률', '폴백률'],
  ] as const)('of %s are those that were settled on', (language, deflection, handoff, fallback) => {
    const list = listOf(language);
    expect(list.get('metric.deflection_rate.name')).toBe(deflection);
    expect(list.get('metric.handoff_rate.name')).toBe(handoff);
    expect(list.get('metric.fallback_rate.name')).toBe(fallback);
  });

  it('Arabic sets no middle dot, which looks like its zero', () => {
    expect([...listOf('ar')].filter(([, text]) => text.includes('·'))).toEqual([]);
  });
});

/** Keys named in code: literals as they stand, templates with `*` for what is filled in. */
const namedInCode = (): Set<string> => {
  const named = new Set<string>();
  for (const file of productFiles) {
    walk(syntaxOf(file), (node) => {
      const text = textOf(node);
      // A key begins with a word: `*.*` would pass for all of them.
      if (text !== null && /^[a-z_]+(\.[\w*]+)*$/.test(text)) named.add(text);
    });
  }
  return named;
};

/** Words of values that come from the contract's closed lists; their keys are put together from name and value. */
const valueWords = /^(channel|outcome|resolution|handled_by|state|job|csat)\./;

describe('code and word lists', () => {
  const named = namedInCode();
  const patterns = [...named].map(
    (key) => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '[\\w.]+')}$`),
  );

  it('every word is used', () => {
    expect(named.size).toBeGreaterThan(100);
    expect(
      [...bases(english)].filter(
        (key) => !valueWords.test(key) && !patterns.some((pattern) => pattern.test(key)),
      ),
    ).toEqual([]);
  });

  it('every key that code names whole exists', () => {
    const said = new Set<string>();
    for (const file of productFiles) {
      walk(syntaxOf(file), (node) => {
        const isCall =
          node.type === 'CallExpression' &&
          isNode(node.callee) &&
          node.callee.name === 't' &&
          Array.isArray(node.arguments);
        if (isCall) {
          const key = textOf((node.arguments as unknown[])[0]);
          if (key !== null && !key.includes('*')) said.add(key);
        }
        const isSay = node.type === 'JSXAttribute' && isNode(node.name) && node.name.name === 'k';
        if (isSay) {
          const key = textOf(node.value);
          if (key !== null) said.add(key);
        }
      });
    }
    expect(said.size).toBeGreaterThan(80);
    expect([...said].filter((key) => !bases(english).has(key))).toEqual([]);
  });
});
