import { expect, test } from 'vitest';
import { lockFaults } from './lock.js';

const whole = {
  packages: {
    '': { devDependencies: { a: '1.0.0' } },
    'node_modules/a': {
      version: '1.0.0',
      integrity: 'sha512-a',
      dependencies: { b: '^2.0.0' },
      optionalDependencies: { 'a-darwin-arm64': '1.0.0' },
      peerDependencies: { c: '*' },
      peerDependenciesMeta: { c: { optional: true } },
    },
    'node_modules/a/node_modules/b': { version: '2.1.0', integrity: 'sha512-b' },
    'node_modules/a-darwin-arm64': { version: '1.0.0', optional: true },
  },
};

function without(path: string) {
  return { packages: Object.fromEntries(Object.entries(whole.packages).filter(([key]) => key !== path)) };
}

test('a whole lock passes', () => {
  expect(lockFaults(whole, {})).toEqual([]);
});

test.each(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/a-darwin-arm64'])(
  'a lock without %s is refused',
  (path) => {
    expect(lockFaults(without(path), {})).not.toEqual([]);
  },
);

test('an address, a missing hash and an undecided install script are each refused', () => {
  const entries = {
    'node_modules/d': { version: '1.0.0', integrity: 'sha512-d', resolved: 'https://npm.example/d.tgz' },
    'node_modules/e': { version: '1.0.0' },
    'node_modules/f': { version: '1.0.0', integrity: 'sha512-f', hasInstallScript: true },
  };
  expect(lockFaults({ packages: entries }, {})).toHaveLength(3);
  expect(lockFaults({ packages: { 'node_modules/f': entries['node_modules/f'] } }, { f: false })).toEqual([]);
});
