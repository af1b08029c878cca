import { expect, test } from 'vitest';
import { fakeParts, startMs } from '../fake-parts.test-data.ts';
import { createPolicyCache } from './policy-cache.ts';

test('a workspace has the defaults until its policy was read, then the newest version', async () => {
  const { state } = fakeParts();
  const cache = createPolicyCache(state);
  const at = new Date(startMs);
  const { workspace } = await state.createWorkspace({
    name: 'Shop',
    timezone: 'UTC',
    currency: 'EUR',
    demo: false,
    at,
  });
  expect(cache.newest(workspace.number)).toMatchObject({
    version: 1,
    document: { trapped: { fallbacks: 2 } },
  });
  const { document } = await state.newestPolicy(workspace.id);
  await state.savePolicy(workspace.id, {
    basedOn: 1,
    document: { ...document, trapped: { fallbacks: 3 } },
    author: 'a',
    reason: '',
    at,
  });
  expect(await cache.refresh()).toEqual([workspace.number]);
  expect(await cache.refresh()).toEqual([]);
  expect(cache.newest(workspace.number)).toMatchObject({
    version: 2,
    document: { trapped: { fallbacks: 3 } },
  });
  expect(cache.workspaces()).toEqual([workspace]);
});

test('one that was made after the last look is looked for, one that never was is none', async () => {
  const { state } = fakeParts();
  const cache = createPolicyCache(state);
  await cache.refresh();
  const { workspace } = await state.createWorkspace({
    name: 'New',
    timezone: 'Asia/Tokyo',
    currency: 'JPY',
    demo: true,
    at: new Date(startMs),
  });
  expect(await cache.find(workspace.number)).toMatchObject({
    workspace: { timezone: 'Asia/Tokyo' },
    policy: { version: 1 },
  });
  expect(await cache.find(99)).toBeNull();
});

test('a look that began before a save and takes long does not bring the old rules back', async () => {
  const { state } = fakeParts();
  const at = new Date(startMs);
  const made = { name: 'Shop', timezone: 'UTC', currency: 'EUR', demo: false, at };
  const { workspace } = await state.createWorkspace(made);
  let hold: Promise<void> = Promise.resolve();
  const cache = createPolicyCache({
    listWorkspaces: () => state.listWorkspaces(),
    newestPolicy: async (id) => {
      const read = await state.newestPolicy(id);
      await hold;
      return read;
    },
  });
  await cache.refresh();
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  const slow = cache.refresh();
  await new Promise((resolve) => setImmediate(resolve));
  hold = Promise.resolve();
  const { document } = await state.newestPolicy(workspace.id);
  await state.savePolicy(workspace.id, { basedOn: 1, document, author: 'a', reason: '', at });
  const afterSave = cache.refresh();
  await new Promise((resolve) => setImmediate(resolve));
  release();
  await slow;
  expect(await afterSave).toEqual([workspace.number]);
  expect(cache.newest(workspace.number).version).toBe(2);
});
