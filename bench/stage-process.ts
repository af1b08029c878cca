/**
 * One stage in a process of its own: the engine's memory and caches of one stage do not colour the next, and a data
 * folder has one owner at a time. The parent hands in what to do and gets the rows.
 */
import type { Row } from './row.ts';
import { prepare, readPrepared } from './seed/prepare.ts';
import { type Size, sizes } from './size.ts';
import type { Stage } from './stage.ts';
import { stageNames } from './stages.ts';

export interface Order {
  readonly stage: string;
  readonly size: Size['name'];
  readonly dataDir: string;
  readonly isMeasured: boolean;
}

const stageOf = async (name: string): Promise<Stage> => {
  const load = stageNames.get(name);
  if (load === undefined) throw new Error(`There is no stage ${name}: ${[...stageNames.keys()].join(', ')}.`);
  return load();
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const work = async ({ stage, size: name, dataDir, isMeasured }: Order): Promise<Row[]> => {
  const size = sizes[name];
  if (stage === 'prepare') {
    await prepare(size, say);
    return [];
  }
  const run = await stageOf(stage);
  return run({ size, dataDir, isMeasured, say, ...readPrepared(size) });
};

process.once('message', (order: Order) => {
  work(order).then(
    (rows) => process.send?.({ rows }, () => process.exit(0)),
    (cause: unknown) => {
      say(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
      process.exit(1);
    },
  );
});
