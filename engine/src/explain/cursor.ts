import { fail } from '../base/app-error.ts';

/** Where a page ended: pages are cut by the key of their last row, so that new rows never shift or repeat any. */
export interface Cursor {
  readonly startedS: number;
  readonly conv: string;
}

export const writeCursor = ({ startedS, conv }: Cursor): string =>
  Buffer.from(`${startedS}.${conv}`).toString('base64url');

export const readCursor = (text: string): Cursor => {
  const found = /^(\d{1,10})\.(\d{1,20})$/.exec(Buffer.from(text.slice(0, 64), 'base64url').toString());
  const [, startedS, conv] = found ?? [];
  if (
    startedS === undefined ||
    conv === undefined ||
    BigInt(conv) >= 1n << 64n ||
    Number(startedS) > 4_294_967_295
  )
    return fail(
      'query_invalid',
      'after is not what a page gave as next; take it from the page before, unchanged.',
      { field: 'after' },
    );
  return { startedS: Number(startedS), conv };
};

export const pageLimits = { standard: 50, most: 500 } as const;

export const readLimit = (limit: number | undefined): number => {
  const rows = limit ?? pageLimits.standard;
  if (!Number.isSafeInteger(rows) || rows < 1 || rows > pageLimits.most)
    return fail('query_invalid', `limit must be a whole number from 1 to ${pageLimits.most}.`, {
      field: 'limit',
    });
  return rows;
};
