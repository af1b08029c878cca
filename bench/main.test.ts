import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Row } from './row.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

test('the bench runs, and the product answers as the hand-written statements do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'botworth-bench-'));
  try {
    const out = join(folder, 'results.json');
    execFileSync(process.execPath, ['--import', 'tsx', main, '--quick', '--out', out, 'rebuild', 'board'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { rows } = JSON.parse(readFileSync(out, 'utf8')) as { rows: Row[] };
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect(byId.get('board.wide.differ')?.value).toBe(0);
    expect(byId.get('board.week.differ')?.value).toBe(0);
    expect(byId.get('board.wide')?.ratio).toBeGreaterThan(0);
    expect(byId.get('rebuild')?.value).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
