import { type Filter, filterText } from './query.ts';

/** `\,` is a comma inside a value, `\\` a backslash: without them a page or a bot with a comma in its name could not be asked for. */
const escapeValue = (value: string): string => value.replace(/[\\,]/g, (sign) => `\\${sign}`);

const splitValues = (text: string): string[] => {
  const values: string[] = [];
  let value = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    if (sign === '\\' && (next === ',' || next === '\\')) {
      value += next;
      at += 1;
    } else if (sign === ',') {
      values.push(value);
      value = '';
    } else value += sign;
  }
  return [...values, value];
};

/** A condition as it stands in an address, not yet escaped for one. */
export const writeFilter = ({
  cut,
  negate,
  values,
}: Readonly<Omit<Filter, 'values'>> & { readonly values: readonly string[] }): string =>
  `${negate ? '!' : ''}${cut}:${values.map(escapeValue).join(',')}`;

/** Null for a text that is no condition. Whether the cut exists is not asked here. */
export const readFilter = (text: string): Filter | null => {
  const [, mark, cut, rest] = filterText.exec(text) ?? [];
  return cut === undefined || rest === undefined
    ? null
    : { cut, negate: mark === '!', values: splitValues(rest) };
};
