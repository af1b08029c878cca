import { defaultPolicy } from '@botworth/contract/policy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StateStore } from './port.ts';

const at = new Date('2026-04-01T10:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

/** What every state store promises; each adapter runs it. */
export const stateStoreCases = (name: string, open: () => Promise<StateStore>): void => {
  describe(name, () => {
    let store: StateStore;
    beforeAll(async () => {
      store = await open();
    }, 60_000);
    afterAll(() => store?.close());
    const make = (workspaceName = 'Shop') =>
      store.createWorkspace({
        name: workspaceName,
        timezone: 'Europe/Berlin',
        currency: 'EUR',
        demo: false,
        at,
      });

    test('a new workspace has a policy, a key, and a number of its own', async () => {
      const one = await make();
      const two = await make();
      expect(one.workspace.number).not.toBe(two.workspace.number);
      expect(await store.findWorkspace(one.workspace.id)).toEqual(one.workspace);
      expect((await store.listWorkspaces()).map((workspace) => workspace.id)).toEqual(
        expect.arrayContaining([one.workspace.id, two.workspace.id]),
      );
      expect(await store.newestPolicy(one.workspace.id)).toMatchObject({
        version: 1,
        author: 'system',
        document: defaultPolicy(),
      });
    });

    test('names are kept exactly, whatever is in them', async () => {
      const hostile = `Robert'); DROP TABLE workspaces;-- \\ "{}" 😀 ${'x'.repeat(100_000)}`;
      const { workspace } = await make(hostile);
      expect((await store.findWorkspace(workspace.id))?.name).toBe(hostile);
      expect(await store.findWorkspace("' OR 1=1")).toBeNull();
    });

    test('a text that cannot be stored is refused in a sentence, and nothing of it is kept', async () => {
      await expect(make('a\u0000b')).rejects.toMatchObject({ code: 'body_invalid' });
      const { workspace } = await make();
      const document = { ...defaultPolicy(), goals: { 'flow\u0000': 'order' } };
      await expect(
        store.savePolicy(workspace.id, { basedOn: 1, document, author: 'ana', reason: 'why', at }),
      ).rejects.toMatchObject({ code: 'body_invalid' });
      expect(await store.newestPolicy(workspace.id)).toMatchObject({ version: 1 });
    });

    test('a use of a key is noted', async () => {
      const { workspace, writeKey } = await make();
      expect((await store.listWriteKeys(workspace.id))[0]?.last_used_at).toBeNull();
      await store.matchWriteKey(writeKey.secret, later(5));
      expect((await store.listWriteKeys(workspace.id))[0]?.last_used_at).toBe(later(5).toISOString());
    });

    test('a write key opens its workspace until it is revoked, and is stored nowhere', async () => {
      const { workspace, writeKey } = await make();
      expect(await store.matchWriteKey(writeKey.secret, at)).toMatchObject({
        workspace: { id: workspace.id },
      });
      expect(await store.matchWriteKey('bw_nobody', at)).toBeNull();
      expect(JSON.stringify(await store.listWriteKeys(workspace.id))).not.toContain(writeKey.secret);

      const second = await store.makeWriteKey(workspace.id, { name: 'server', at });
      expect(await store.revokeWriteKey(workspace.id, writeKey.summary.id, later(60))).toBe(true);
      expect(await store.matchWriteKey(writeKey.secret, later(30))).not.toBeNull();
      expect(await store.matchWriteKey(writeKey.secret, later(90))).toBeNull();
      expect(await store.matchWriteKey(second.secret, later(90))).not.toBeNull();
      expect(await store.revokeWriteKey(workspace.id, 'k_nothing', at)).toBe(false);
    });

    test("a key cannot be revoked through another workspace's address", async () => {
      const one = await make();
      const two = await make();
      expect(await store.revokeWriteKey(two.workspace.id, one.writeKey.summary.id, at)).toBe(false);
    });

    test('what was revoked stays revoked since then, and cannot be revoked again', async () => {
      const { workspace, writeKey } = await make();
      const key = writeKey.summary.id;
      expect(await store.revokeWriteKey(workspace.id, key, later(60))).toBe(true);
      // A rotated key that still works may be refused at once.
      expect(await store.revokeWriteKey(workspace.id, key, later(5))).toBe(true);
      expect(await store.revokeWriteKey(workspace.id, key, later(9))).toBe(false);
      expect((await store.listWriteKeys(workspace.id))[0]?.revoked_at).toBe(later(5).toISOString());
      const { id } = await store.makeToken({ name: 'bi', workspaceId: null, scopes: ['read'], at });
      expect(await store.revokeToken(id, later(1))).toBe(true);
      expect(await store.revokeToken(id, later(2))).toBe(false);
    });

    test('a token carries its scopes until it is revoked', async () => {
      const made = await store.makeToken({ name: 'bi', workspaceId: null, scopes: ['read'], at });
      expect(await store.matchToken(made.secret, at)).toEqual({
        id: made.id,
        workspaceId: null,
        scopes: ['read'],
      });
      expect(await store.revokeToken(made.id, later(1))).toBe(true);
      expect(await store.matchToken(made.secret, later(2))).toBeNull();
    });

    test('a token is known by its id as long as it opens anything', async () => {
      const made = await store.makeToken({ name: 'bi', workspaceId: null, scopes: ['manage'], at });
      expect(await store.isTokenLive(made.id, later(2))).toBe(true);
      await store.revokeToken(made.id, later(1));
      expect(await store.isTokenLive(made.id, at)).toBe(true);
      expect(await store.isTokenLive(made.id, later(2))).toBe(false);
      for (const id of ['', 't_nothing', "' OR 1=1"])
        expect([id, await store.isTokenLive(id, at)]).toEqual([id, false]);
    });

    test('of two people who save at once one is told, and nothing is lost', async () => {
      const { workspace } = await make();
      const save = (author: string) =>
        store.savePolicy(workspace.id, { basedOn: 1, document: defaultPolicy(), author, reason: 'why', at });
      const answers = await Promise.all([save('ana'), save('ben'), save('cem')]);
      expect(answers.filter((answer) => 'saved' in answer)).toHaveLength(1);
      expect(answers.filter((answer) => 'conflict' in answer)).toEqual([
        { conflict: { newest: 2 } },
        { conflict: { newest: 2 } },
      ]);
      expect((await store.listPolicies(workspace.id)).map((policy) => policy.version)).toEqual([2, 1]);
      expect((await store.policyVersion(workspace.id, 1))?.author).toBe('system');
      expect(await store.policyVersion(workspace.id, 9)).toBeNull();
    });

    test('settings are kept, and the trail takes every entry', async () => {
      expect(await store.readSetting('first_run')).toBeNull();
      await store.writeSetting('first_run', 'demo');
      await store.writeSetting('first_run', 'source');
      expect(await store.readSetting('first_run')).toBe('source');
      await store.audit({
        at,
        workspaceId: null,
        actor: 'test',
        action: 'tried',
        details: { quote: "it's" },
      });
      await store.ping();
    });
  });
};
