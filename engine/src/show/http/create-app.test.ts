import { type ErrorBody, type ErrorCode, errorRegistry } from '@botworth/contract/errors';
import { describe, expect, test } from 'vitest';
import { type Fakes, fakeParts } from '../fake-parts.test-data.ts';
import { allEndpoints } from '../routes/all-endpoints.ts';
import { createApp } from './create-app.ts';

interface Wish {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const door = (parts: Fakes = fakeParts()) => {
  const app = createApp(parts);
  const call = async (
    method: string,
    path: string,
    { token = 'admin-token', body, headers = {} }: Wish = {},
  ) => {
    const response = await app.request(`http://localhost:4680${path}`, {
      method,
      headers: {
        host: 'localhost:4680',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: (isJson ? JSON.parse(text) : null) as never,
    };
  };
  return { parts, call };
};

const errorOf = (answer: { json: unknown }) => (answer.json as ErrorBody).error;

const withWorkspace = async (parts?: Fakes) => {
  const { call, parts: used } = door(parts);
  const made = (
    await call('POST', '/api/workspaces', {
      body: { name: 'Shop', timezone: 'Europe/Berlin', currency: 'EUR' },
    })
  ).json as { id: string; write_key: string };
  return { call, parts: used, id: made.id, made, base: `/api/workspaces/${made.id}` };
};

/** An address of each endpoint, filled so that its path is right. */
const addresses = (id: string) =>
  allEndpoints.map(({ spec }) => ({
    spec,
    path: spec.path
      .replace('{workspace}', id)
      .replace('{metric}', 'deflection_rate')
      .replace('{version}', '1')
      .replace(/\{\w+\}/g, 'x'),
  }));

const declared = (answer: unknown) => expect(errorRegistry).toHaveProperty((answer as ErrorBody).error.code);

describe('who may', () => {
  test('every route that is not open answers 401 without a token, and with one that nobody made', async () => {
    const { call, id } = await withWorkspace();
    for (const { spec, path } of addresses(id).filter(({ spec }) => spec.access !== 'open')) {
      for (const token of [null, 'bwt_wrong', '']) {
        const answer = await call(spec.method.toUpperCase(), path, {
          token,
          ...(spec.body === null ? {} : { body: {} }),
        });
        expect([spec.path, answer.status, errorOf(answer).code]).toEqual([spec.path, 401, 'unauthorised']);
        expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      }
    }
  });

  test('a token of one workspace reads only that one, and cannot find out which others exist', async () => {
    const { call, id, base } = await withWorkspace();
    const other = (
      (await call('POST', '/api/workspaces', { body: { name: 'Other' } })).json as { id: string }
    ).id;
    const { token } = (
      await call('POST', '/api/tokens', { body: { name: 'bi', workspace: id, scopes: ['read'] } })
    ).json as { token: string };
    expect((await call('GET', `${base}/policy`, { token })).status).toBe(200);
    for (const foreign of [other, 'w_none'])
      expect((await call('GET', `/api/workspaces/${foreign}/policy`, { token })).status).toBe(403);
    expect(
      (
        (await call('GET', '/api/workspaces', { token })).json as { workspaces: { id: string }[] }
      ).workspaces.map((one) => one.id),
    ).toEqual([id]);
  });

  test('a token that may read changes nothing', async () => {
    const { call, id } = await withWorkspace();
    const { token } = (
      await call('POST', '/api/tokens', { body: { name: 'bi', workspace: id, scopes: ['read'] } })
    ).json as { token: string };
    for (const { spec, path } of addresses(id).filter(
      ({ spec }) => spec.access === 'manage' || spec.access === 'admin',
    )) {
      const answer = await call(spec.method.toUpperCase(), path, {
        token,
        ...(spec.body === null ? {} : { body: {} }),
      });
      expect([spec.path, answer.status]).toEqual([spec.path, 403]);
    }
  });

  test('a revoked token is none', async () => {
    const { call } = door();
    const made = (await call('POST', '/api/tokens', { body: { name: 'ci', scopes: ['manage'] } })).json as {
      id: string;
      token: string;
    };
    expect((await call('GET', '/api/workspaces', { token: made.token })).status).toBe(200);
    expect((await call('DELETE', `/api/tokens/${made.id}`)).status).toBe(200);
    expect((await call('GET', '/api/workspaces', { token: made.token })).status).toBe(401);
    expect(errorOf(await call('DELETE', `/api/tokens/${made.id}`)).code).toBe('token_not_found');
  });
});

describe('wrong tokens', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:4680' };
  const guesses = ({ call }: ReturnType<typeof door>) => [
    () => call('GET', '/api/workspaces', { token: 'bwt_wrong' }),
    () => call('GET', '/metrics', { token: 'bwt_wrong' }),
    () => call('POST', '/api/session', { token: null, body: { token: 'bwt_wrong' } }),
    () => call('POST', '/enter', { token: null, body: 'token=bwt_wrong', headers: form }),
  ];

  test('each waits for its turn, whichever door it tries; right ones and missing ones do not', async () => {
    let turns = 0;
    const here = door(
      fakeParts({
        wrongTokens: {
          isFull: () => false,
          turn: async () => {
            turns += 1;
          },
        },
      }),
    );
    for (const guess of guesses(here)) expect((await guess()).status).toBe(401);
    expect(turns).toBe(4);
    expect((await here.call('GET', '/api/workspaces')).status).toBe(200);
    expect(
      (await here.call('POST', '/api/session', { token: null, body: { token: 'admin-token' } })).status,
    ).toBe(200);
    expect((await here.call('GET', '/api/workspaces', { token: null })).status).toBe(401);
    expect(turns).toBe(4);
  });

  test('while the line of an address is full, a guess and the admin token get the same 429, unseen', async () => {
    let isFull = false;
    const here = door(fakeParts({ wrongTokens: { isFull: () => isFull, turn: async () => undefined } }));
    const made = (await here.call('POST', '/api/tokens', { body: { name: 'ci', scopes: ['manage'] } }))
      .json as {
      token: string;
    };
    isFull = true;
    for (const guess of guesses(here)) {
      const answer = await guess();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
    }
    const [wrong, right] = [
      await here.call('GET', '/api/workspaces', { token: 'x' }),
      await here.call('GET', '/api/workspaces'),
    ];
    expect(errorOf(wrong)).toMatchObject({ code: 'too_many_attempts' });
    expect([right.status, errorOf(right)]).toEqual([429, errorOf(wrong)]);
    // One that nobody can guess, and doors that ask for none, are held up by no guesser.
    expect((await here.call('GET', '/api/workspaces', { token: made.token })).status).toBe(200);
    expect((await here.call('GET', '/healthz', { token: 'x' })).status).toBe(200);
    isFull = false;
    expect((await here.call('GET', '/api/workspaces')).status).toBe(200);
  });
});

describe('the browser', () => {
  const local = () => door(fakeParts({ adminToken: null }));
  const origin = 'http://localhost:4680';

  const signIn = async ({ parts, call }: ReturnType<typeof door>) => {
    const entered = await call('GET', `/enter?key=${parts.entryKeys.make()}`, { token: null });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    return entered.headers.get('set-cookie') ?? '';
  };

  test('a sign-in link opens the door once, with a cookie that scripts cannot read and other sites cannot send', async () => {
    const here = local();
    const key = here.parts.entryKeys.make();
    const first = await here.call('GET', `/enter?key=${key}`, { token: null });
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect((await here.call('GET', '/api/session', { token: null, headers })).json).toMatchObject({
      signed_in_as: 'browser',
      may_manage: true,
    });
    const used = await here.call('GET', `/enter?key=${key}`, { token: null });
    expect([used.status, used.headers.get('content-language')]).toEqual([401, 'en']);
    expect(used.text).toContain('This sign-in link was used before');
    const inArabic = await here.call('GET', `/enter?key=${key}`, {
      token: null,
      headers: { 'accept-language': 'ar-EG,en;q=0.5' },
    });
    expect([inArabic.status, inArabic.headers.get('content-language')]).toEqual([401, 'ar']);
    expect(inArabic.text).toContain('<html lang="ar" dir="rtl">');
    expect(inArabic.text).toContain('رابط الدخول');
    expect((await here.call('GET', `/enter?key=${key}`, { token: null, headers })).status).toBe(303);
  });

  test('a cookie that was changed, or made by another installation, is none', async () => {
    const here = local();
    const [pair = ''] = (await signIn(here)).split(';');
    const foreign = await signIn(door(fakeParts({ adminToken: null, secret: 'another secret' })));
    for (const cookie of [
      `${pair}x`,
      pair.replace('=', '=9'),
      pair.replace(/\..*/, ''),
      foreign.split(';')[0] ?? '',
      'botworth=1',
    ]) {
      expect([
        cookie,
        (await here.call('GET', '/api/session', { token: null, headers: { cookie } })).status,
      ]).toEqual([cookie, 401]);
    }
  });

  test('a page of another site changes nothing with the cookie of this one', async () => {
    const here = local();
    const [cookie = ''] = (await signIn(here)).split(';');
    const body = { name: 'Planted' };
    const attempt = (headers: Record<string, string>) =>
      here.call('POST', '/api/workspaces', { token: null, body, headers: { cookie, ...headers } });
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ]) {
      const answer = await attempt(headers as Record<string, string>);
      expect([headers, answer.status, errorOf(answer).code]).toEqual([headers, 403, 'forbidden']);
    }
    expect((await attempt({ origin })).status).toBe(201);
    expect((await attempt({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  });

  test('a foreign name that resolves to this machine is not answered', async () => {
    const { call } = local();
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:4680']) {
      const answer = await call('GET', '/healthz', { headers: { host } });
      expect([host, answer.status]).toEqual([host, 403]);
    }
    for (const host of ['127.0.0.1:4680', 'LOCALHOST', '[::1]:4680', 'app.localhost:80'])
      expect((await call('GET', '/healthz', { headers: { host } })).status).toBe(200);
    const proxied = door(fakeParts({ allowedHosts: ['bots.example.com'] }));
    expect((await proxied.call('GET', '/healthz', { headers: { host: 'bots.example.com' } })).status).toBe(
      200,
    );
  });

  test('the admin token signs a browser in; a token of one workspace does not', async () => {
    const { call, id } = await withWorkspace();
    const { token } = (
      await call('POST', '/api/tokens', { body: { name: 'one', workspace: id, scopes: ['manage'] } })
    ).json as { token: string };
    expect((await call('POST', '/api/session', { token: null, body: { token } })).status).toBe(401);
    const entered = await call('POST', '/api/session', { token: null, body: { token: 'admin-token' } });
    const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';');
    expect((await call('GET', '/api/workspaces', { token: null, headers: { cookie } })).status).toBe(200);
    const form = await call('POST', '/enter', {
      token: null,
      body: 'token=admin-token',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    });
    expect([form.status, form.headers.get('location')]).toEqual([303, '/']);
  });

  test('a session ends with the token that opened it, by whichever door it came in', async () => {
    const { call } = door();
    const enter: ((token: string) => ReturnType<typeof call>)[] = [
      (token) => call('POST', '/api/session', { token: null, body: { token } }),
      (token) =>
        call('POST', '/enter', {
          token: null,
          body: `token=${token}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
        }),
    ];
    for (const by of enter) {
      const made = (await call('POST', '/api/tokens', { body: { name: 'ana', scopes: ['manage'] } }))
        .json as { id: string; token: string };
      const cookieOf = async (token: string) =>
        ((await by(token)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      const [hers, admins] = [await cookieOf(made.token), await cookieOf('admin-token')];
      const status = async (cookie: string) =>
        (await call('GET', '/api/workspaces', { token: null, headers: { cookie } })).status;
      expect([await status(hers), await status(admins)]).toEqual([200, 200]);
      await call('DELETE', `/api/tokens/${made.id}`);
      expect([await status(hers), await status(admins)]).toEqual([401, 200]);
    }
  });

  test('with an admin token there are no sign-in links to be made', async () => {
    expect(errorOf(await door().call('POST', '/api/session/links')).code).toBe('forbidden');
    expect((await local().call('POST', '/api/session/links', { token: 'local-token' })).json).toMatchObject({
      path: expect.stringMatching(/^\/enter\?key=[\w-]{32}$/),
    });
  });
});

describe('every answer', () => {
  test('has a request id, keeps it where the sender gave one, and lets no page frame it', async () => {
    const { call } = door();
    const answer = await call('GET', '/healthz');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(
      (await call('GET', '/healthz', { headers: { 'x-request-id': 'trace-12345678' } })).headers.get(
        'x-request-id',
      ),
    ).toBe('trace-12345678');
    expect(
      (await call('GET', '/healthz', { headers: { 'x-request-id': '"}{' } })).headers.get('x-request-id'),
    ).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is what its schema declares', async () => {
    const { call, id, base } = await withWorkspace();
    const span = 'from=2026-04-01&to=2026-05-01';
    const policy = ((await call('GET', `${base}/policy`)).json as { document: object }).document;
    const bodies: Record<string, unknown> = {
      'post /api/session': { token: 'admin-token' },
      'post /api/tokens': { name: 'ci' },
      'post /api/workspaces': { name: 'Second' },
      'post /api/workspaces/{workspace}/keys': { name: 'web' },
      'post /api/workspaces/{workspace}/query': {
        metrics: ['deflection_rate'],
        from: '2026-04-01',
        to: '2026-05-01',
      },
      'put /api/workspaces/{workspace}/policy': policy,
    };
    const answered = new Set<string>();
    for (const { spec, path } of addresses(id)) {
      const name = `${spec.method} ${spec.path}`;
      const needsSpan = /\/metrics\/|\/conversations$/.test(path);
      const answer = await call(
        spec.method.toUpperCase(),
        `${path}${needsSpan ? `?${span}` : ''}`,
        spec.body === null ? {} : { body: bodies[name] ?? {} },
      );
      if (answer.status >= 400) {
        declared(answer.json);
        expect(spec.errors).toContain(errorOf(answer).code);
        continue;
      }
      expect([name, answer.status, spec.answer.safeParse(answer.json).error?.issues]).toEqual([
        name,
        spec.status,
        undefined,
      ]);
      answered.add(name);
    }
    const refused = allEndpoints
      .map(({ spec }) => `${spec.method} ${spec.path}`)
      .filter((name) => !answered.has(name));
    expect(refused.sort()).toEqual([
      'delete /api/tokens/{token}',
      'delete /api/workspaces/{workspace}/keys/{key}',
      'get /api/workspaces/{workspace}/conversations/{id}',
      'post /api/session/links',
      'post /api/workspaces/{workspace}/keys/{key}/rotate',
    ]);
  });

  test('a fault of ours tells the sender its id and nothing else', async () => {
    const lines: unknown[] = [];
    const parts = fakeParts({
      freshness: async () => {
        throw new Error('password=hunter2 in /srv/secret');
      },
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (line: unknown) => void lines.push(line),
      },
    });
    const { call, base } = await withWorkspace(parts);
    const answer = await call('GET', `${base}/freshness`);
    expect([answer.status, errorOf(answer).code]).toEqual([500, 'internal']);
    expect(answer.text).not.toContain('hunter2');
    expect(lines).toContainEqual(
      expect.objectContaining({ request_id: answer.headers.get('x-request-id'), err: expect.any(Error) }),
    );
  });
});

describe('wrong names', () => {
  test('an address that is not there, and a method that it does not take, each get a sentence', async () => {
    const { call, base } = await withWorkspace();
    for (const path of [`${base}/costs`, '/api/workspace', '/v1/nothing', '/assets/none.js']) {
      const answer = await call('GET', path);
      expect([path, answer.status, errorOf(answer).code]).toEqual([path, 404, 'route_not_found']);
    }
    const answer = await call('DELETE', `${base}/policy`);
    expect([answer.status, errorOf(answer).code, answer.headers.get('allow')]).toEqual([
      405,
      'method_not_allowed',
      'GET, PUT',
    ]);
    for (const id of ['w_none', '%00', "'--", 'x'.repeat(5000)])
      expect(errorOf(await call('GET', `/api/workspaces/${id}/policy`)).code).toBe('workspace_not_found');
  });

  test('an unknown parameter is named with the nearest right one', async () => {
    const { call, base } = await withWorkspace();
    const answer = await call('GET', `${base}/metrics/deflection_rate?form=2026-04-01&to=2026-05-01`);
    expect([answer.status, errorOf(answer).code, errorOf(answer).details.nearest]).toEqual([
      400,
      'query_invalid',
      expect.arrayContaining(['from']),
    ]);
    expect(errorOf(answer).message).toContain('"form"');
  });

  test('a parameter that may stand once stands once', async () => {
    const { call, base } = await withWorkspace();
    expect(
      errorOf(
        await call('GET', `${base}/metrics/deflection_rate?from=2026-04-01&from=2026-04-02&to=2026-05-01`),
      ).code,
    ).toBe('query_invalid');
  });

  test('a wrong key of the policy is named with its place and the nearest right one', async () => {
    const { call, base } = await withWorkspace();
    const { document } = (await call('GET', `${base}/policy`)).json as { document: Record<string, object> };
    const answer = await call('PUT', `${base}/policy`, {
      body: { ...document, windows: { ...document.windows, return_contact_hour: 24 } },
    });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'unknown_policy_key']);
    expect(errorOf(answer).details).toMatchObject({
      path: 'windows.return_contact_hour',
      nearest: ['return_contact_hours'],
    });
    const wrong = await call('PUT', `${base}/policy`, {
      body: { ...document, windows: { return_contact_hours: -1 } },
    });
    expect([wrong.status, errorOf(wrong).code, errorOf(wrong).details.path]).toEqual([
      400,
      'policy_invalid',
      'windows.return_contact_hours',
    ]);
    const zone = await call('PUT', `${base}/policy`, {
      body: { ...document, reporting: { zone: 'Europe/Berlim' } },
    });
    expect([errorOf(zone).code, errorOf(zone).details.nearest]).toEqual([
      'policy_invalid',
      expect.arrayContaining(['Europe/Berlin']),
    ]);
  });

  test('what the schema of the policy cannot say is checked as well when one is saved', async () => {
    const { call, base } = await withWorkspace();
    const { document } = (await call('GET', `${base}/policy`)).json as { document: Record<string, object> };
    for (const [change, path] of [
      [{ reporting: { currency: 'banana' } }, 'reporting.currency'],
      [{ surveys: { csat: { positive_from: { '5': 9 } } } }, 'surveys.csat.positive_from.5'],
    ] as const) {
      const answer = await call('PUT', `${base}/policy`, { body: { ...document, ...change } });
      expect([answer.status, errorOf(answer).code, errorOf(answer).details.path]).toEqual([
        400,
        'policy_invalid',
        path,
      ]);
    }
  });

  test('a zone that is none makes no workspace', async () => {
    const { call } = door();
    for (const timezone of ['Europe/Berlim', '+02:00', '', '../../etc/passwd', 'x'.repeat(1000)]) {
      const answer = await call('POST', '/api/workspaces', { body: { name: 'Z', timezone } });
      expect([timezone.slice(0, 20), answer.status, errorOf(answer).details.path]).toEqual([
        timezone.slice(0, 20),
        400,
        'timezone',
      ]);
    }
  });
});

describe('questions in an address', () => {
  test('say the same as the question in a body', async () => {
    const { call, base, parts } = await withWorkspace();
    const answer = await call(
      'GET',
      `${base}/metrics/deflection_rate?from=2026-04-01&to=2026-05-01&by=intent&by=week&where=channel:web_chat,email&where=!intent:billing&where=page:/a\\,b&compare=previous&policy=1&as_of=2026-05-01T00:00:00+02:00`,
    );
    expect(answer.status).toBe(200);
    expect(parts.asked.at(-1)).toEqual({
      metrics: ['deflection_rate'],
      from: '2026-04-01',
      to: '2026-05-01',
      by: ['intent', 'week'],
      compare: 'previous',
      policy: 1,
      as_of: '2026-05-01T00:00:00+02:00',
      where: [
        { cut: 'channel', negate: false, values: ['web_chat', 'email'] },
        { cut: 'intent', negate: true, values: ['billing'] },
        { cut: 'page', negate: false, values: ['/a,b'] },
      ],
    });
    expect(answer.json).toMatchObject({ policy: 1, result: { numerator: 540 }, rows: [] });
  });

  test('a metric that is none keeps the error of the catalogue', async () => {
    const { call, base } = await withWorkspace();
    const answer = await call('GET', `${base}/metrics/deflexion?from=2026-04-01&to=2026-05-01`);
    expect([answer.status, errorOf(answer)]).toMatchObject([
      400,
      { code: 'unknown_metric', details: { nearest: ['deflection_rate'] }, docs: '/docs#unknown_metric' },
    ]);
  });

  test('a drill has its part and its page apart from the question', async () => {
    const { call, base, parts } = await withWorkspace();
    await call(
      'GET',
      `${base}/metrics/deflection_rate/drill?from=2026-04-01&to=2026-05-01&part=denominator&after=k1&limit=7`,
    );
    expect(parts.asked.at(-1)).toMatchObject({
      metric: 'deflection_rate',
      wish: { part: 'denominator', after: 'k1', limit: 7 },
    });
    for (const limit of ['0', '501', '-1', '1e3', 'ten', '']) {
      expect(
        errorOf(
          await call(
            'GET',
            `${base}/metrics/deflection_rate/drill?from=2026-04-01&to=2026-05-01&limit=${limit}`,
          ),
        ).code,
      ).toBe('query_invalid');
    }
  });

  test('the id of a conversation may hold anything', async () => {
    const { call, base, parts } = await withWorkspace();
    for (const id of [
      'a/b',
      '50%',
      '%2F',
      'wa::2026-04-10T10:00:00.000Z',
      '🙂',
      "'; DROP TABLE conversations; --",
      '..',
      'a?b#c',
    ]) {
      const answer = await call(
        'GET',
        `${base}/conversations/${encodeURIComponent(id).replace(/^\.\.$/, '%2e%2e%2f')}`,
      );
      expect([id, errorOf(answer).code]).toEqual([id, 'conversation_not_found']);
      if (id !== '..') expect(parts.asked.at(-1)).toBe(id);
    }
  });

  test('a version that is not there is said, for a question and for the policy itself', async () => {
    const { call, base } = await withWorkspace();
    expect(
      errorOf(await call('GET', `${base}/metrics/deflection_rate?from=2026-04-01&to=2026-05-01&policy=9`))
        .code,
    ).toBe('policy_version_not_found');
    expect(errorOf(await call('GET', `${base}/policy/versions/9`)).code).toBe('policy_version_not_found');
    expect((await call('GET', `${base}/policy/versions/1`)).json).toMatchObject({ version: 1 });
  });
});

describe('bodies', () => {
  test('what is no JSON, or not labelled as such, is unreadable', async () => {
    const { call } = door();
    for (const body of ['', '{', 'null}', '"\ud800'])
      expect(errorOf(await call('POST', '/api/workspaces', { body })).code).toMatch(
        /^body_(unreadable|invalid)$/,
      );
    expect(
      errorOf(
        await call('POST', '/api/workspaces', {
          body: '{"name":"A"}',
          headers: { 'content-type': 'text/plain' },
        }),
      ).code,
    ).toBe('body_unreadable');
  });

  test('hostile values are refused or kept exactly, and change no prototype', async () => {
    const { call } = door();
    for (const name of ['\'";--', '\\', '{}{{x}}', '🙂', '<script>alert(1)</script>']) {
      const made = await call('POST', '/api/workspaces', { body: { name } });
      expect([made.status, (made.json as { name: string }).name]).toEqual([201, name]);
    }
    for (const name of ['a\u0000b', 'a\ud800b']) {
      const answer = await call('POST', '/api/workspaces', { body: { name } });
      expect([answer.status, errorOf(answer).code]).toEqual([400, 'body_unreadable']);
    }
    const polluted = await call('POST', '/api/workspaces', {
      body: '{"name":"x","__proto__":{"admin":true},"constructor":1}',
    });
    expect(polluted.status).toBe(400);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    for (const body of [
      [],
      null,
      1,
      'x',
      { name: 'x'.repeat(201) },
      { name: 1 },
      { name: 'x', currency: 'euro' },
    ]) {
      const answer = await call('POST', '/api/workspaces', { body: JSON.stringify(body) });
      expect([JSON.stringify(body)?.slice(0, 20), answer.status, errorOf(answer).code]).toEqual([
        JSON.stringify(body)?.slice(0, 20),
        400,
        'body_invalid',
      ]);
    }
  });

  test('one that is too large is refused while it is read', async () => {
    const answer = await door().call('POST', '/api/workspaces', { body: { name: 'x'.repeat(1_100_000) } });
    expect([answer.status, errorOf(answer).code]).toEqual([413, 'body_too_large']);
  });
});

describe('the policy', () => {
  test('a save makes a version; one that was started from an older version is refused with the newest', async () => {
    const { call, base } = await withWorkspace();
    const { document } = (await call('GET', `${base}/policy`)).json as { document: Record<string, unknown> };
    const changed = { ...document, eligibility: { intents: ['order_status'], exclude: [] } };
    const saved = await call('PUT', `${base}/policy?reason=narrower`, { body: changed });
    expect(saved.json).toMatchObject({
      version: 2,
      author: 'admin token',
      reason: 'narrower',
      document: { version: 2, eligibility: { intents: ['order_status'] } },
    });
    const late = await call('PUT', `${base}/policy`, { body: changed });
    expect([late.status, errorOf(late).code, errorOf(late).details.newest]).toEqual([
      409,
      'policy_not_newest',
      2,
    ]);
    expect(
      (
        (await call('GET', `${base}/policy/versions`)).json as { versions: { version: number }[] }
      ).versions.map((one) => one.version),
    ).toEqual([2, 1]);
    const { version: _, ...without } = changed as Record<string, unknown>;
    expect(errorOf(await call('PUT', `${base}/policy`, { body: without })).details.path).toBe('version');
  });
});

describe('write keys', () => {
  test('are listed without their secret, rotated with an overlap, and revoked once', async () => {
    const { call, base, made } = await withWorkspace();
    const keys = async () =>
      ((await call('GET', `${base}/keys`)).json as { keys: { id: string; revoked_at: string | null }[] })
        .keys;
    const [first] = await keys();
    expect(JSON.stringify(await keys())).not.toContain(made.write_key);
    const rotated = await call('POST', `${base}/keys/${first?.id}/rotate`, { body: { overlap_hours: 1 } });
    expect(rotated.json).toMatchObject({
      replaces: first?.id,
      old_key_until: '2026-04-10T13:00:00.000Z',
      write_key: expect.stringMatching(/^bw_/),
    });
    const second = (rotated.json as { id: string }).id;
    expect((await call('DELETE', `${base}/keys/${second}`)).json).toEqual({ revoked: true });
    expect(errorOf(await call('DELETE', `${base}/keys/${second}`)).code).toBe('write_key_not_found');
    expect(errorOf(await call('POST', `${base}/keys/none/rotate`, { body: {} })).code).toBe(
      'write_key_not_found',
    );
  });
});

describe('health', () => {
  test('ready means that both stores answer and events are folded; stopping means not ready', async () => {
    expect((await door().call('GET', '/readyz', { token: null })).json).toEqual({ status: 'ready' });
    const silent = await door(
      fakeParts({
        store: {
          kind: 'chdb',
          ping: async () => {
            throw new Error('gone');
          },
        },
      }),
    ).call('GET', '/readyz');
    expect([silent.status, errorOf(silent).code, errorOf(silent).details]).toEqual([
      503,
      'storage_unavailable',
      { events: 'silent', state: 'ok', fold: 'ok' },
    ]);
    const stopping = await door(fakeParts({ isServing: () => false })).call('GET', '/readyz');
    expect([stopping.status, errorOf(stopping).code, stopping.headers.get('retry-after')]).toEqual([
      503,
      'shutting_down',
      '2',
    ]);
  });

  test('a fold that has failed for some minutes means not ready, with its workspace and since when', async () => {
    const sinceMs = Date.parse('2026-04-10T11:50:00Z');
    const ask = async (workspaceId: string | null) => {
      const answer = await door(fakeParts({ stuckFolds: () => [{ workspaceId, sinceMs }] })).call(
        'GET',
        '/readyz',
        { token: null },
      );
      return [answer.status, errorOf(answer)];
    };
    expect(await ask('w_1')).toMatchObject([
      503,
      {
        code: 'storage_unavailable',
        message: expect.stringContaining(
          'the events of w_1 do not get into the figures since 2026-04-10T11:50:00.000Z',
        ),
        details: { events: 'ok', state: 'ok', fold: 'failing', workspaces: ['w_1'] },
      },
    ]);
    expect(await ask(null)).toMatchObject([
      503,
      { message: expect.stringContaining('the events do not get'), details: { workspaces: [] } },
    ]);
  });

  test('the counters name routes by their pattern, never ids', async () => {
    const { call, id, base } = await withWorkspace();
    await call('GET', `${base}/metrics/deflection_rate?from=2026-04-01&to=2026-05-01`);
    const { text, headers } = await call('GET', '/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('route="/api/workspaces/{workspace}/metrics/{metric}",status="200"');
    expect(text).toContain(
      'botworth_question_seconds_count{route="/api/workspaces/{workspace}/metrics/{metric}",metric="deflection_rate"} 1',
    );
    expect(text).not.toContain(id);
    for (const line of [
      'botworth_ingest_acknowledged_events_total 7',
      'botworth_ingest_refused_events_total{reason="timestamp"} 2',
      'botworth_fold_lag_seconds 0.5',
    ])
      expect(text).toContain(`\n${line}\n`);
    expect(text.endsWith('\n')).toBe(true);
  });
});

test('where others reach the server the counters are for those who may read the whole installation', async () => {
  const { call, id } = await withWorkspace(fakeParts({ host: '0.0.0.0' }));
  const tokenFor = async (workspace: string | null) =>
    (
      (await call('POST', '/api/tokens', { body: { name: 'prometheus', workspace } })).json as {
        token: string;
      }
    ).token;
  expect((await call('GET', '/metrics', { token: null })).status).toBe(401);
  expect((await call('GET', '/metrics', { token: await tokenFor(id) })).status).toBe(403);
  expect((await call('GET', '/metrics', { token: await tokenFor(null) })).status).toBe(200);
  const entered = await call('POST', '/api/session', { token: null, body: { token: 'admin-token' } });
  const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';');
  expect((await call('GET', '/metrics', { token: null, headers: { cookie } })).status).toBe(200);
});

test('on this machine alone the counters need no token', async () => {
  expect((await door().call('GET', '/metrics', { token: null })).status).toBe(200);
});

test('the codes that routes declare are those of the registry', () => {
  const codes = new Set<string>(allEndpoints.flatMap(({ spec }) => spec.errors));
  for (const code of codes) expect(errorRegistry[code as ErrorCode]).toBeDefined();
});

test('a server without a demo says so, one with it says how far it is', async () => {
  expect(errorOf(await door(fakeParts({ demo: null })).call('GET', '/api/demo')).code).toBe(
    'route_not_found',
  );
  const { call } = door();
  expect((await call('POST', '/api/demo')).json).toEqual({ workspace_id: 'w_demo' });
  expect((await call('GET', '/api/demo')).json).toEqual({
    state: 'running',
    progress: 0.5,
    workspace_id: 'w_demo',
  });
});
