import type { BoundValue, SqlScalar } from '../../sql/fragment.ts';

/**
 * Values of bound parameters as text for `SET param_x = '…'`. Two layers, each escaped once: the value in the
 * engine's own text format for its type, and that text as a string literal of the SET statement. This is the
 * one place where a mistake would let a value become syntax; the test beside feeds it everything.
 */
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A scalar parameter is read in the tab-separated format, where a backslash begins an escape. */
const asTabSeparated = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\b', '\\b')
    .replaceAll('\f', '\\f')
    .replaceAll('\0', '\\0');

const isQuoted = (elementType: string): boolean => elementType === 'String' || elementType === 'UUID';

const arrayElement = (value: SqlScalar, elementType: string): string =>
  isQuoted(elementType) ? `'${asTabSeparated(String(value)).replaceAll("'", "\\'")}'` : String(value);

export const parameterText = ({ type, value }: BoundValue): string => {
  if (Array.isArray(value)) {
    const elementType = type.slice('Array('.length, -1);
    return literal(`[${value.map((one: SqlScalar) => arrayElement(one, elementType)).join(',')}]`);
  }
  return literal(asTabSeparated(String(value)));
};
