import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { row } from '../row.ts';
import type { Stage } from '../stage.ts';

/** The test of the same name, with as many kills as the bench asks for. */
export const killStage: Stage = async ({ size }) => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const test = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'engine/test/e2e/kill.test.ts'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, BOTWORTH_TEST_KILLS: String(size.kills) },
    },
  );
  let written = '';
  for (const stream of [test.stdout, test.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve) => test.once('exit', resolve));
  if (code !== 0) process.stderr.write(written);
  return [
    row({
      id: 'kill.faults',
      what: `killed ${size.kills} times during ingest: broken promises (something lost, counted twice, or never folded)`,
      value: code === 0 ? 0 : 1,
      unit: 'faults',
      atMost: 0,
    }),
  ];
};
