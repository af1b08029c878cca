import { expect, test } from 'vitest';
import { bind, identifier, join, print, raw, sql } from './fragment.ts';

test('values never become text: they are named by position, and equal ones share a name', () => {
  const hostile = "'); DROP TABLE events; --";
  const { text, params } = print(
    sql`SELECT ${bind('String', hostile)}, ${bind('UInt32', 7)}, ${bind('String', hostile)}, ${bind('String', '7')}`,
  );
  expect(text).toBe('SELECT {p1:String}, {p2:UInt32}, {p1:String}, {p3:String}');
  expect(params).toEqual({ p1: bind('String', hostile), p2: bind('UInt32', 7), p3: bind('String', '7') });
});

test('the same question prints the same statement', () => {
  const question = () =>
    sql`SELECT ${join([raw('a'), raw('b')], ', ')} FROM t WHERE x IN ${bind('Array(String)', ['a', 'b'])}`;
  expect(print(question())).toEqual(print(question()));
  expect(print(question()).text).toBe('SELECT a, b FROM t WHERE x IN {p1:Array(String)}');
});

test('lists that only look alike do not share a name', () => {
  const { params } = print(sql`${bind('Array(String)', ['a,b'])} ${bind('Array(String)', ['a', 'b'])}`);
  expect(Object.keys(params)).toHaveLength(2);
});

test('a quoted name cannot end its quotes', () => {
  expect(print(identifier('a`; DROP TABLE t; --\\')).text).toBe('`a\\`; DROP TABLE t; --\\\\`');
});
