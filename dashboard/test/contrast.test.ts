import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync(new URL('../src/design/tokens.css', import.meta.url), 'utf8');

type Palette = ReadonlyMap<string, string>;

const block = (start: string): string => {
  const from = tokens.indexOf(start);
  return from < 0 ? '' : tokens.slice(from, tokens.indexOf('\n  }', from));
};

const coloursOf = (text: string): [string, string][] =>
  [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((match) => [match[1] ?? '', match[2] ?? '']);

const light: Palette = new Map(coloursOf(block(':root {')));
const dark: Palette = new Map([...light, ...coloursOf(block(':root[data-theme="dark"]'))]);

const channel = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** Relative luminance, WCAG 2. */
const luminance = (hex: string): number => {
  const part = (at: number): number => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
};

const ratio = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

const surfaces = ['paper', 'sunken', 'raised'];
const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'better', 'worse', 'danger', 'data'];
const marks = ['line-2', 'data-2', 'axis'];

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('in the %s theme', (_name, palette) => {
  const of = (name: string): string => palette.get(name) ?? '';

  it.each(texts)('--%s is readable on every surface', (text) => {
    for (const surface of surfaces) expect(ratio(of(text), of(surface))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)('--%s can be seen on every surface', (mark) => {
    for (const surface of surfaces) expect(ratio(of(mark), of(surface))).toBeGreaterThanOrEqual(2.95);
  });

  it('text on its own ground is readable', () => {
    expect(ratio(of('audit-ink'), of('audit'))).toBeGreaterThanOrEqual(4.5);
    expect(ratio(of('accent-ink'), of('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(ratio(of('ink'), of('selected'))).toBeGreaterThanOrEqual(4.5);
    expect(ratio(of('ink-2'), of('selected'))).toBeGreaterThanOrEqual(4.5);
  });
});
