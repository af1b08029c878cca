import { describe, expect, it } from 'vitest';
import { productFiles } from './source-files.ts';
import { isNode, syntaxOf, textOf, walk } from './syntax.ts';

const hasWords = (text: string): boolean => /\p{L}{2,}/u.test(text);
const spokenAttributes: ReadonlySet<unknown> = new Set([
  'aria-label',
  'title',
  'alt',
  'placeholder',
  'aria-description',
  'aria-roledescription',
]);
/** Commands are typed as they are in every language. */
const code: ReadonlySet<string> = new Set(['npx botworth link']);

const textsIn = (file: { path: string; text: string }): string[] => {
  const found: string[] = [];
  walk(syntaxOf(file), (node) => {
    if (node.type === 'JSXText' && typeof node.value === 'string' && hasWords(node.value))
      found.push(node.value.trim());
    if (node.type !== 'JSXAttribute' || !isNode(node.name) || !spokenAttributes.has(node.name.name)) return;
    const text = textOf(node.value);
    if (text !== null && hasWords(text)) found.push(text);
  });
  return found.filter((text) => !code.has(text)).map((text) => `${file.path}: ${text}`);
};

describe('no text stands in code', () => {
  const pages = productFiles.filter(({ path }) => path.endsWith('.tsx'));

  it('all words come from the word lists', () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.flatMap(textsIn)).toEqual([]);
  });

  it('the rule sees text when there is some', () => {
    expect(textsIn({ path: 'x.tsx', text: 'const a = <p title="Hello you">Good day</p>;' })).toHaveLength(2);
  });
});
