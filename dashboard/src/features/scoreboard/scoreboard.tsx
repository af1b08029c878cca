import type { Result } from '@botworth/contract/result';
import { Outlet, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app/page.tsx';
import { useReader } from '../../app/reader.ts';
import { Say } from '../../app/say.tsx';
import { ROWS } from '../../app/use-keys.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { Icon } from '../../design/icon.tsx';
import { FigureCard } from '../figure/figure-card.tsx';
import { AllJobs } from './all-jobs.tsx';
import { Bases, basesApart } from './bases.tsx';
import { LeftOut } from './left-out.tsx';
import { PeriodBar } from './period-bar.tsx';
import { useBoard } from './use-board.ts';
import { usePeriod } from './use-period.ts';
import { useWeek } from './use-week.ts';
import { verdictOf } from './verdict.ts';
import { VerdictWords } from './verdict-words.tsx';
import './scoreboard.css';

/** From so many points on, two bases of one figure lead to different decisions. */
const DECISION_SIZED = 0.03;

const BasesFlag = ({ result }: { readonly result: Result | undefined }) => {
  const { numbers } = useReader();
  const { t } = useTranslation();
  const apart = result ? basesApart(result) : null;
  if (apart === null || apart < DECISION_SIZED) return null;
  return (
    <a className="flag" href="#bases">
      <Icon name="flag" />
      <span>
        <Say
          k="bases.flag"
          v={{ size: t('size.percent', { n: numbers.plain(apart * 100, 1), count: apart * 100 }) }}
        />
      </span>
    </a>
  );
};

/** The support scoreboard of one week: verdict, board, and what could flatter. */
export const Scoreboard = () => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { id, zone, minN, policy, summary } = useWorkspace();
  const navigate = useNavigate();
  const router = useRouter();
  const search = useSearch({ from: '/w/$workspace/scoreboard' });
  const compare = search.compare ?? 'previous';
  const choice = useWeek(search.week);
  const period = usePeriod(choice?.week, compare);
  const board = useBoard({ week: choice?.week, compare, channel: search.channel });
  if (!choice || !period) return <Page name={t('screens.scoreboard')}>{null}</Page>;
  const deflection = board.results.get('deflection_rate');
  const mainFigure = board.figures.get('deflection_rate');
  const here = { ...search, week: choice.week };
  const toDrill = (metric: string) => ({
    to: '/w/$workspace/scoreboard/$metric' as const,
    params: { workspace: id, metric },
    search: here,
  });
  return (
    <>
      <Page
        name={t('screens.scoreboard')}
        bar={<PeriodBar choice={choice} period={period} search={search} />}
      >
        <section className="verdict" aria-label={t('scoreboard.verdict')}>
          <p className="kick">
            <strong>{t('job.support')}</strong>
            {summary.demo === true ? <strong>{t('rail.simulated')}</strong> : null}
            <span>
              <Say
                k="scoreboard.period"
                v={{ week: <>{period.name}</>, span: dates(zone).span(period.from, period.to, true) }}
              />
            </span>
            {deflection?.maturity?.value != null ? (
              <span>
                <Say k="scoreboard.ripe" v={{ share: numbers.percent(deflection.maturity.value, 0) }} />
              </span>
            ) : null}
            <span>
              <Say
                k="scoreboard.policy"
                v={{ version: numbers.count(deflection?.policy ?? policy.version) }}
              />
            </span>
          </p>
          {deflection ? (
            <VerdictWords verdict={verdictOf(board.results, minN)} period={period} />
          ) : (
            <h1 className={mainFigure?.error ? undefined : 'verdict-waits'}>
              {t(mainFigure?.error ? 'verdict.failed' : 'loading')}
            </h1>
          )}
        </section>
        <LeftOut period={period} channel={search.channel} />
        <section className="board" aria-label={t('screens.scoreboard')} {...{ [ROWS]: '' }}>
          {board.metrics.map((metric) => {
            const figure = board.figures.get(metric);
            return (
              <FigureCard
                key={metric}
                metric={metric}
                result={figure?.result}
                error={figure?.error ?? null}
                trend={figure?.trend ?? []}
                period={period}
                others={board.results}
                staleSince={figure?.staleSinceMs == null ? null : new Date(figure.staleSinceMs).toISOString()}
                flag={
                  metric === 'deflection_rate' ? (
                    <BasesFlag result={figure?.result} />
                  ) : (
                    <AllJobs metric={metric} />
                  )
                }
                address={router.buildLocation(toDrill(metric)).href}
                onOpen={() => void navigate(toDrill(metric))}
                onRetry={() => figure?.retry()}
              />
            );
          })}
        </section>
        {deflection ? <Bases result={deflection} /> : null}
        <footer className="foot">
          <p>
            <Say
              k="scoreboard.made"
              v={{
                zone: <bdi>{zone.replaceAll('_', ' ')}</bdi>,
                version: numbers.count(policy.version),
                level: numbers.percent(0.95, 0),
                least: numbers.count(minN),
              }}
            />
          </p>
        </footer>
      </Page>
      <Outlet />
    </>
  );
};
