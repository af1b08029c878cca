import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { drillQuestion } from '../../api/questions.ts';
import { useReader } from '../../app/reader.ts';
import { Num, Say } from '../../app/say.tsx';
import { Trouble } from '../../app/trouble.tsx';
import { ROW } from '../../app/use-keys.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { ConversationRows } from '../conversations/conversation-rows.tsx';
import { CopyLink } from '../figure/copy-link.tsx';
import { useMetricWords } from '../figure/metric-words.ts';
import { JOB } from '../scoreboard/board-metrics.ts';
import { useBoard } from '../scoreboard/use-board.ts';
import { usePeriod } from '../scoreboard/use-period.ts';
import { useWeek } from '../scoreboard/use-week.ts';
import { Drawer } from './drawer.tsx';
import { agreement, drillParts } from './drill-parts.ts';

/** The exact conversations behind a figure: the same cut, the same count. */
export const DrillDrawer = () => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { id, declarations, zone } = useWorkspace();
  const { metric } = useParams({ from: '/w/$workspace/scoreboard/$metric' });
  const { part: asked, ...search } = useSearch({ from: '/w/$workspace/scoreboard/$metric' });
  const navigate = useNavigate();
  const router = useRouter();
  const compare = search.compare ?? 'previous';
  const choice = useWeek(search.week);
  const period = usePeriod(choice?.week, compare);
  const board = useBoard({ week: choice?.week, compare, channel: search.channel });
  const declaration = declarations.get(metric);
  const { name } = useMetricWords(metric, declaration);
  const result = board.results.get(metric);
  const parts = drillParts(result, {
    isMedian: declaration?.shape === 'median',
    isPersonDays: declaration?.grain === 'person_day',
  });
  const part = parts.find((one) => one.name === asked) ??
    parts[0] ?? { name: 'denominator' as const, count: null };
  const cuts = declaration?.cuts ?? [];
  const where = [
    ...(cuts.includes('job') ? [`job:${JOB}`] : []),
    ...(search.channel !== undefined && cuts.includes('channel') ? [`channel:${search.channel}`] : []),
  ];
  const wish = { metric, part: part.name, from: period?.from ?? '', to: period?.to ?? '', where };
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } = useInfiniteQuery({
    ...drillQuestion(id, wish),
    enabled: period !== null,
  });
  const close = async (): Promise<void> => {
    await navigate({ to: '/w/$workspace/scoreboard', params: { workspace: id }, search });
    document.querySelector<HTMLElement>(`[data-figure="${CSS.escape(metric)}"]`)?.focus();
  };
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const page = data?.pages[0];
  const rows = data?.pages.flatMap((one) => one.rows) ?? [];
  const agrees = page ? agreement(part.count, page.total, page.sum) : 'same';
  const here = { to: '/w/$workspace/scoreboard/$metric' as const, params: { workspace: id, metric } };
  return (
    <Drawer
      title={<Say k="drill.title" v={{ name: <>{name}</>, week: <>{period?.inline ?? ''}</> }} />}
      about={
        <>
          {period ? <Num>{dates(zone).span(period.from, period.to, true)}</Num> : null}
          {search.channel === undefined
            ? null
            : `${t('joint')}${t(`channel.${search.channel}`, { defaultValue: search.channel })}`}
        </>
      }
      onClose={close}
    >
      <nav className="tabs" aria-label={t('drill.parts')}>
        {parts.map((one) => (
          <button
            key={one.name}
            type="button"
            aria-current={one.name === part.name}
            onClick={() => void navigate({ ...here, search: { ...search, part: one.name }, replace: true })}
          >
            <span>
              {t([`metric.${metric}.tab.${one.name}`, `drill.part.${one.name}`])}{' '}
              {one.count === null ? null : <Num strong>{numbers.count(one.count)}</Num>}
            </span>
          </button>
        ))}
      </nav>
      {page ? (
        <p className="say" role="status">
          <Say
            k={`drill.${agrees}`}
            count={page.total}
            v={{
              n: numbers.count(page.total),
              sum: numbers.count(page.sum),
              figure: numbers.count(part.count ?? page.total),
            }}
          />
        </p>
      ) : null}
      <div className="drawer-body">
        {error ? (
          <Trouble error={error} onRetry={() => void refetch()} />
        ) : page ? (
          <ConversationRows
            rows={rows}
            total={page.total}
            hasMore={hasNextPage}
            isLoading={isFetching}
            onMore={more}
            label={name}
            link={(row, text) => (
              <Link
                to="/w/$workspace/scoreboard/$metric/$conversation"
                params={{ workspace: id, metric, conversation: row.id }}
                search={{ ...search, part: part.name }}
                {...{ [ROW]: '' }}
              >
                {text}
              </Link>
            )}
          />
        ) : (
          <p className="dim">{t('loading')}</p>
        )}
      </div>
      <div className="drawer-foot">
        <span className="dim">
          {page ? (
            <Say
              k="drill.shown"
              count={page.total}
              v={{ shown: numbers.count(rows.length), n: numbers.count(page.total) }}
            />
          ) : null}
        </span>
        <CopyLink
          address={
            router.buildLocation({
              ...here,
              search: { ...search, week: choice?.week ?? '', part: part.name },
            }).href
          }
        />
      </div>
    </Drawer>
  );
};
