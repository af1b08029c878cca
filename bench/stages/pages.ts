import type { ConversationDetail, ConversationPage, DrillPage } from '@botworth/contract/api';
import { call } from '../../engine/test/e2e/front-door.ts';
import { type Row, row } from '../row.ts';
import { median, percentile, timed } from '../sample.ts';
import { doorOf, withServer } from '../server.ts';
import { dayAfter, firstDay } from '../size.ts';
import type { Stage } from '../stage.ts';

const pageSize = 50;

/** What a person clicks on: asked of the whole server over HTTP, answers read to the end. */
export const pagesStage: Stage = (bench) =>
  withServer(bench, async (server) => {
    const door = doorOf(server);
    const base = `/api/workspaces/${bench.workspaceId}`;
    const to = dayAfter(firstDay, bench.size.weeks * 7);
    const span = `from=${firstDay}&to=${to}`;
    const week = `from=${dayAfter(to, -7)}&to=${to}`;
    const get = <Answer>(path: string): Promise<Answer> => call<Answer>(door, 'GET', `${base}${path}`);

    const firstPage = await get<ConversationPage>(`/conversations?${span}&limit=${pageSize}`);
    const ids = firstPage.rows.map(({ id }) => id);
    let next = firstPage.next;
    let turn = 0;
    const asked = [
      {
        id: 'pages.list',
        what: `page of ${pageSize} conversations, newest first, walking back`,
        hold: [25, 35],
        ask: async () => {
          const page = await get<ConversationPage>(
            `/conversations?${span}&limit=${pageSize}${next === null ? '' : `&after=${encodeURIComponent(next)}`}`,
          );
          next = page.next;
          ids.push(...page.rows.map(({ id }) => id));
        },
      },
      {
        id: 'pages.conversation',
        what: 'one conversation with its events and verdicts',
        hold: [12, 20],
        ask: () =>
          get<ConversationDetail>(
            `/conversations/${encodeURIComponent(ids[(turn++ * 37) % ids.length] ?? '')}`,
          ),
      },
      {
        id: 'pages.drill',
        what: `drill into deflection of one week: total and page of ${pageSize}`,
        hold: [35, 60],
        ask: () => get<DrillPage>(`/metrics/deflection_rate/drill?${week}&part=numerator&limit=${pageSize}`),
      },
      {
        id: 'pages.drill_wide',
        what: `drill into deflection of ${bench.size.weeks} weeks, one channel: total and page of ${pageSize}`,
        hold: undefined,
        ask: () =>
          get<DrillPage>(
            `/metrics/deflection_rate/drill?${span}&where=channel:web_chat&part=numerator&limit=${pageSize}`,
          ),
      },
    ];
    const rows: Row[] = [];
    for (const { id, what, hold, ask } of asked) {
      // The engine compiles a statement's shape after it saw it some times.
      for (let warmUp = 0; warmUp < 5; warmUp += 1) await ask();
      const times: number[] = [];
      for (let round = 0; round < bench.size.rounds * 3; round += 1) times.push(await timed(ask));
      rows.push(
        row({
          id,
          what,
          value: median(times),
          unit: 'ms',
          ...(hold?.[0] === undefined ? {} : { atMost: hold[0] }),
        }),
        row({
          id: `${id}.p95`,
          what: `${what}, p95`,
          value: percentile(times, 0.95),
          unit: 'ms',
          ...(hold?.[1] === undefined ? {} : { atMost: hold[1] }),
        }),
      );
    }
    return rows;
  });
