/** Writes every digit of the pages, in the reader's script, with the real minus sign. */
export interface Numbers {
  readonly tag: string;
  count(value: number): string;
  plain(value: number, decimals: number): string;
  /** As `plain`, with + or − before everything but zero. */
  signed(value: number, decimals: number): string;
  /** A fraction, 0.47 as 47%. */
  percent(fraction: number, decimals: number): string;
}

const MINUS = '\u2212';

const write = (format: Intl.NumberFormat, value: number): string =>
  format
    .formatToParts(Object.is(value, -0) ? 0 : value)
    .map((part) => (part.type === 'minusSign' ? MINUS : part.value))
    .join('');

/** −0.04 in one decimal is 0.0, and a zero has no sign. */
const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

export const createNumbers = (tag: string): Numbers => {
  const made = new Map<string, Intl.NumberFormat>();
  const format = (decimals: number, rest: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const name = `${decimals} ${JSON.stringify(rest)}`;
    const known = made.get(name);
    if (known) return known;
    const fresh = new Intl.NumberFormat(tag, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      ...rest,
    });
    made.set(name, fresh);
    return fresh;
  };
  return {
    tag,
    count: (value) => write(format(0, {}), value),
    plain: (value, decimals) => write(format(decimals, {}), rounded(value, decimals)),
    signed: (value, decimals) =>
      write(format(decimals, { signDisplay: 'exceptZero' }), rounded(value, decimals)),
    percent: (fraction, decimals) =>
      write(format(decimals, { style: 'percent' }), rounded(fraction, decimals + 2)),
  };
};
