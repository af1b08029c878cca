import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, call, searchText } from './client.ts';

const answerWith = (body: string, init: ResponseInit): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, init)));
};

const failureOf = async (): Promise<ApiError> => {
  try {
    await call('/api/x');
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('The call did not fail.');
};

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('gives what was answered', async () => {
    answerWith('{"workspaces":[]}', { status: 200 });
    expect(await call('/api/workspaces')).toEqual({ workspaces: [] });
  });

  it("fails with the engine's code, sentence and request id", async () => {
    answerWith('{"error":{"code":"query_too_heavy","message":"Ask for less.","details":{},"docs":""}}', {
      status: 422,
      headers: { 'x-request-id': 'abc' },
    });
    expect(await failureOf()).toMatchObject({
      status: 422,
      code: 'query_too_heavy',
      message: 'Ask for less.',
      requestId: 'abc',
    });
  });

  it('names the status where no engine speaks', async () => {
    answerWith('<html>bad gateway</html>', { status: 502 });
    expect(await failureOf()).toMatchObject({ status: 502, code: 'http_502' });
  });

  it('without any answer is unreachable, not broken', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')));
    expect(await failureOf()).toMatchObject({ status: 0, code: 'unreachable' });
  });
});

describe('an address', () => {
  it('repeats a name for each value and leaves out what is absent', () => {
    expect(
      searchText({
        from: '2026-04-27',
        where: ['channel:email', '!intent:billing'],
        after: null,
        to: undefined,
      }),
    ).toBe('?from=2026-04-27&where=channel%3Aemail&where=%21intent%3Abilling');
    expect(searchText({})).toBe('');
  });
});
