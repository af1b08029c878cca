import { expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import { readConfig } from '../../config/read-config.ts';
import { runServer } from './run-server.ts';

test('a short admin token is warned of at start and not refused, and none is written down', async () => {
  const linesAtStart = async (token: string) => {
    const lines: unknown[][] = [];
    const log = { ...silentLog, warn: (...line: unknown[]) => void lines.push(line) };
    // This role does not exist: the start ends before it opens anything.
    const config = readConfig({ BOTWORTH_ADMIN_TOKEN: token, BOTWORTH_ROLES: 'none' }, '/nonexistent');
    const around = { clock: systemClock, log, version: '0', pagesDir: '' };
    await expect(runServer(config, around, () => undefined, Promise.resolve())).rejects.toThrow(
      /BOTWORTH_ROLES/,
    );
    return lines;
  };
  const lines = await linesAtStart('fifteen-letters');
  expect(lines).toEqual([[{ characters: 15 }, expect.stringContaining('BOTWORTH_ADMIN_TOKEN')]]);
  expect(JSON.stringify(lines)).not.toContain('fifteen-letters');
  expect(await linesAtStart('sixteen-letters!')).toEqual([]);
  expect(await linesAtStart('')).toEqual([]);
});
