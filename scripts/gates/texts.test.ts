import { expect, test } from 'vitest';
import { machineMarks, textFaults } from './texts.js';

const PLANTED: [law: string, path: string, line: string][] = [
  ['a path of the machine is a fault', 'docs/a.md', 'see /home/jo/botworth/notes.md'],
  ['a path in the folder above is a fault', 'docs/a.md', 'see /home/jo/other/notes.md'],
  ['a private registry is a fault', 'package.json', '"https://npm.intra.example/zod"'],
  ['a conflict is a fault', 'docs/a.md', `${'<'.repeat(7)} ours`],
  ['a private key is a fault', 'docs/a.txt', `-----BEGIN RSA PRIVATE${' '}KEY-----`],
  ['unfinished code is a fault', 'engine/src/a.ts', `// TO${'DO'}: later`],
  ['a silenced type checker is a fault', 'engine/src/a.ts', `// @ts-ig${'nore'}`],
  ['a silenced rule without a reason is a fault', 'engine/src/a.ts', `// biome-ig${'nore'} lint/a/b:`],
  ['a lonely test is a fault', 'engine/src/a.test.ts', `test.on${'ly'}('a', () => {});`],
  ['a skip without a reason is a fault', 'engine/src/a.test.ts', `describe.sk${'ip'}('a', () => {});`],
];

const marks = machineMarks('/home/jo/botworth', { npm_config_registry: 'https://npm.intra.example/npm/' });

test.each(PLANTED)('%s', (_law, path, line) => {
  const faults = textFaults(path, `one\n${line}\n`, marks);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(`${path}:2`);
});

test('a vague file name and a file of 500 lines are faults', () => {
  expect(textFaults('engine/src/fold/utils.ts', '', marks)).toHaveLength(1);
  expect(textFaults('engine/src/fold/a.ts', '\n'.repeat(500), marks)).toHaveLength(1);
});

test('usual folders are not marks of a machine', () => {
  const usual = machineMarks('/app/botworth', {});
  expect(textFaults('README.md', 'docker run -v data:/app/data', usual)).toEqual([]);
});

test('a silenced rule with its reason passes', () => {
  const line = `// biome-ig${'nore'} lint/style/useNamingConvention: the client names it so`;
  expect(textFaults('engine/src/a.ts', line, marks)).toEqual([]);
});
