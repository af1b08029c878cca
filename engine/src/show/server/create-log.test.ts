import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from './create-log.ts';

test('what opens a door is not written down, wherever it stands', () => {
  let written = '';
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _encoding, done) => {
        written += String(chunk);
        done();
      },
    }),
  );
  log.info(
    {
      authorization: 'hunter2',
      headers: { cookie: 'hunter2', 'set-cookie': 'hunter2' },
      request: { headers: { authorization: 'hunter2', writeKey: 'hunter2' } },
      seconds: 1,
    },
    'answered',
  );
  expect(written).not.toContain('hunter2');
  expect(JSON.parse(written)).toMatchObject({
    level: 30,
    msg: 'answered',
    seconds: 1,
    authorization: '[redacted]',
  });
});
