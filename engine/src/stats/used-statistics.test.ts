import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('..', import.meta.url));
const ofProduct = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !/\.(test|case|test-data)\.ts$/.test(name),
);
const textOf = (name: string): string => readFileSync(join(source, name), 'utf8');

test('every statistic is used by the product: what only its own test calls is nobody’s figure', () => {
  const all = ofProduct.map(textOf).join('\n');
  const exported = ofProduct
    .filter((name) => name.startsWith('stats'))
    .flatMap((name) =>
      [...textOf(name).matchAll(/^export (?:function|const|type) (\w+)/gm)].map(([, found]) => found ?? ''),
    );
  expect(exported.length).toBeGreaterThan(20);
  expect(exported.filter((name) => (all.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length < 2)).toEqual(
    [],
  );
});
