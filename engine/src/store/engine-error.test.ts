import { describe, expect, test } from 'vitest';
import { engineError } from './engine-error.ts';

/** As the two adapters throw them: the code in the message, or as text in a field. */
const inProcess = (code: number, words: string) => new Error(`Code: ${code}. DB::Exception: ${words}`);
const overHttp = (code: string, words: string) => Object.assign(new Error(words), { code });

describe('what the engine says becomes a code of ours', () => {
  test.each([
    [
      'query_too_heavy',
      inProcess(159, 'Timeout exceeded: elapsed 1001 ms, maximum: 1000 ms. (TIMEOUT_EXCEEDED)'),
    ],
    ['query_too_heavy', overHttp('241', 'Query memory limit exceeded: would use 9.54 MiB')],
    [
      'storage_full',
      inProcess(
        74,
        'Cannot write to file /data/tmp.bin, errno: 28, strerror: No space left on device. (CANNOT_WRITE)',
      ),
    ],
    ['storage_full', overHttp('243', 'Cannot reserve 1.00 MiB, not enough space')],
    ['overloaded', overHttp('252', 'Too many parts (3000) in table events')],
    ['query_invalid', overHttp('1000', 'e.code() = 0, HTML Form Exception: Field value too long')],
    ['storage_unavailable', overHttp('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:8123')],
    ['storage_unavailable', overHttp('', 'socket hang up')],
    ['storage_unavailable', overHttp('242', 'Table is in readonly mode')],
  ])('%s', (code, cause) => {
    expect(engineError(cause, 'test')).toMatchObject({ code, cause });
  });

  test('rows that met a limit are not refused for good: the sender comes again', () => {
    expect(engineError(inProcess(241, 'memory limit'), 'test', 'insert')).toMatchObject({
      code: 'overloaded',
    });
  });

  test('what nobody outside can mend stays as it is', () => {
    const cause = inProcess(62, 'Syntax error');
    expect(engineError(cause, 'test')).toBe(cause);
  });
});
