import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { testMachine } from './scripts/test-machine.js';

/**
 * Forks, never threads: chdb keeps one engine per process and crashes when two threads share it.
 * Two workers: each engine test file starts an engine of its own, and the tests must fit two cores.
 */
export default defineConfig({
  resolve: { conditions: ['botworth-source', ...defaultServerConditions] },
  test: {
    // So that one test file run alone meets the same machine as `npm test`; nothing is installed here.
    // The pool's size is the product's, engine/bin/botworth.js says why.
    env: { ...testMachine({ mayInstall: false }), UV_THREADPOOL_SIZE: '12' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'contract', environment: 'node', include: ['contract/src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          environment: 'node',
          include: ['engine/src/**/*.test.ts', 'engine/test/**/*.test.ts'],
          exclude: ['engine/test/e2e/**', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: { name: 'dashboard', environment: 'jsdom', include: ['dashboard/src/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'tools',
          environment: 'node',
          include: ['scripts/**/*.test.ts', 'bench/**/*.test.ts', 'dashboard/test/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['engine/test/e2e/**/*.test.ts', 'dashboard/test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
