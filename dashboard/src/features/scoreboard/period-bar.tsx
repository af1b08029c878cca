import { channels } from '@botworth/contract/dimensions';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BoardSearch } from '../../app/board-search.ts';
import { useReader } from '../../app/reader.ts';
import { Num } from '../../app/say.tsx';
import { useKeys } from '../../app/use-keys.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { Icon } from '../../design/icon.tsx';
import type { WeekChoice } from '../../time/week.ts';
import type { Period } from '../figure/period.ts';

export interface PeriodBarProps {
  readonly choice: WeekChoice;
  readonly period: Period;
  readonly search: BoardSearch;
}

/** Period, comparison and channel; all of it is in the address. */
export const PeriodBar = ({ choice, period, search }: PeriodBarProps) => {
  const { t } = useTranslation();
  const { dates } = useReader();
  const { id, zone } = useWorkspace();
  const navigate = useNavigate();
  const go = (change: { readonly [Name in keyof BoardSearch]: BoardSearch[Name] | undefined }): void => {
    const wanted = { week: choice.week, ...search, ...change };
    void navigate({
      to: '/w/$workspace/scoreboard',
      params: { workspace: id },
      search: Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
    });
  };
  const back = (): void => go({ week: choice.previous });
  const forward = (): void => {
    if (choice.next) go({ week: choice.next });
  };
  useKeys({ '[': back, ']': forward });
  return (
    <>
      <div className="period">
        <button type="button" className="icon-btn" aria-label={t('bar.previous_week')} onClick={back}>
          <Icon name="forward" isBack />
        </button>
        <span className="period-name">
          <b>{period.name}</b>{' '}
          <span className="dim">
            <Num>{dates(zone).span(period.from, period.to, false)}</Num>
          </span>
        </span>
        <button
          type="button"
          className="icon-btn"
          aria-label={choice.next ? t('bar.next_week') : t('bar.next_week_waits')}
          disabled={!choice.next}
          onClick={forward}
        >
          <Icon name="forward" />
        </button>
      </div>
      <select
        className="pick"
        aria-label={t('bar.compare')}
        value={search.compare ?? 'previous'}
        onChange={({ target }) => go({ compare: target.value === 'year' ? 'year' : undefined })}
      >
        <option value="previous">{t('bar.against_previous')}</option>
        <option value="year">{t('bar.against_year')}</option>
      </select>
      <select
        className="pick"
        aria-label={t('bar.channel')}
        value={search.channel ?? ''}
        onChange={({ target }) => go({ channel: target.value === '' ? undefined : target.value })}
      >
        <option value="">{t('bar.all_channels')}</option>
        {channels.map((channel) => (
          <option key={channel} value={channel}>
            {t(`channel.${channel}`)}
          </option>
        ))}
      </select>
    </>
  );
};
