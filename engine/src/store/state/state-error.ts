import { AppError } from '../../base/app-error.ts';

/** SQLSTATE of the failure, wherever in the chain of causes the driver put it. */
export const sqlStateOf = (cause: unknown): string => {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return '';
};

// character_not_in_repertoire, untranslatable_character: U+0000, or half of a surrogate pair in a document
const unstorableText = new Set(['22021', '22P05']);
/** disk_full */
const diskFull = '53100';
// Class 08 is connections, 57P0x a server that stops or starts, 53300 too many connections.
const isUnreachable = (state: string): boolean =>
  state.startsWith('08') ||
  /^57P0[1-5]$|^53300$|^ECONN|^EPIPE$|^ENOTFOUND$|^EAI_AGAIN$|^ETIMEDOUT$/.test(state);

/** The database's own words become one of ours where a person can do something about it. */
const stateError = (cause: unknown): unknown => {
  const state = sqlStateOf(cause);
  if (unstorableText.has(state)) {
    return new AppError(
      'body_invalid',
      'A text holds the character U+0000 or half of a surrogate pair, which cannot be stored. Send it without.',
      {},
      cause,
    );
  }
  if (state === diskFull || state === 'ENOSPC') {
    return new AppError(
      'storage_full',
      'The disk of the state store is full: nothing was kept. Free some space and send it again.',
      {},
      cause,
    );
  }
  if (
    isUnreachable(state) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(String(cause))
  ) {
    return new AppError(
      'storage_unavailable',
      'The state store does not answer: nothing was kept. Send it again in a moment.',
      {},
      cause,
    );
  }
  return cause;
};

type Work = (...input: never[]) => unknown;

/** The same store, whose every failure is told in our words. */
export const withStateErrors = <Store extends object>(store: Store): Store => {
  const told = Object.entries(store).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member];
    const work = member as Work;
    return [
      name,
      async (...input: never[]) => {
        try {
          return await work(...input);
        } catch (cause) {
          throw stateError(cause);
        }
      },
    ];
  });
  return Object.fromEntries(told) as Store;
};
