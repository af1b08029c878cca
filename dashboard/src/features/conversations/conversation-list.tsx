import { channels, handledBy, jobs, outcomes, resolutions } from '@botworth/contract/dimensions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationsQuestion } from '../../api/questions.ts';
import { Page, PageHead } from '../../app/page.tsx';
import { useReader } from '../../app/reader.ts';
import type { ListSearch } from '../../app/router.tsx';
import { Say } from '../../app/say.tsx';
import { Trouble } from '../../app/trouble.tsx';
import { ROW } from '../../app/use-keys.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { addDays, isLocalDate } from '../../time/local-date.ts';
import { ConversationRows } from './conversation-rows.tsx';
import './conversation-list.css';

const choiceNames = ['job', 'channel', 'outcome', 'resolution', 'handled_by'] as const;
type ChoiceName = (typeof choiceNames)[number];
const choices: Readonly<Record<ChoiceName, readonly string[]>> = {
  job: jobs,
  channel: channels,
  outcome: outcomes,
  resolution: resolutions,
  handled_by: handledBy,
};

/** An address may name several values, or exclude some: the list then says so as one more choice. */
const isOwnChoice = (name: ChoiceName, value: string | undefined): value is string =>
  value !== undefined && !choices[name].includes(value);

/** Conditions of the address as the engine reads them. */
export const whereOf = (search: ListSearch): readonly string[] =>
  ([...choiceNames, 'intent', 'bot'] as const).flatMap((name) => {
    const value = search[name];
    return value === undefined ? [] : [`${name}:${value}`];
  });

/** The address ends before a day, as the API does; people name the last day that they mean. */
const shownDay = (name: 'from' | 'to', day: string | undefined): string =>
  day === undefined ? '' : name === 'to' ? addDays(day, -1) : day;
const askedDay = (name: 'from' | 'to', day: string): string =>
  name === 'to' && isLocalDate(day) ? addDays(day, 1) : day;

const Filters = ({
  search,
  onChange,
}: {
  readonly search: ListSearch;
  readonly onChange: (change: ListSearch) => void;
}) => {
  const { t } = useTranslation();
  const set = (name: keyof ListSearch, value: string): void => {
    const { [name]: _before, ...rest } = search;
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <>
      {choiceNames.map((name) => (
        <select
          key={name}
          className="pick"
          aria-label={t(`filter.${name}`)}
          value={search[name] ?? ''}
          onChange={({ target }) => set(name, target.value)}
        >
          <option value="">{t(`filter.any.${name}`)}</option>
          {isOwnChoice(name, search[name]) ? (
            <option value={search[name]}>
              {search[name]
                .split(',')
                .map((value) => t(`${name}.${value}`, { defaultValue: value }))
                .join(t('joint'))}
            </option>
          ) : null}
          {choices[name].map((value) => (
            <option key={value} value={value}>
              {t(`${name}.${value}`)}
            </option>
          ))}
        </select>
      ))}
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="pick">
          <span className="dim">{t(`filter.${name}`)}</span>
          <input
            type="date"
            value={shownDay(name, search[name])}
            onChange={({ target }) => set(name, askedDay(name, target.value))}
          />
        </label>
      ))}
    </>
  );
};

/** All conversations, newest first, under the filters of the address. */
export const ConversationList = () => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  const { id } = useWorkspace();
  const search = useSearch({ from: '/w/$workspace/conversations' });
  const navigate = useNavigate();
  const wish = {
    ...(search.from === undefined ? {} : { from: search.from }),
    ...(search.to === undefined ? {} : { to: search.to }),
    where: whereOf(search),
  };
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } = useInfiniteQuery(
    conversationsQuestion(id, wish),
  );
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const page = data?.pages[0];
  const change = (next: ListSearch): void =>
    void navigate({
      to: '/w/$workspace/conversations',
      params: { workspace: id },
      search: next,
      replace: true,
    });
  return (
    <Page name={t('screens.conversations')} bar={<Filters search={search} onChange={change} />}>
      <PageHead
        title={t('screens.conversations')}
        lead={
          page ? (
            <Say k="conversations.lead" count={page.total} v={{ n: numbers.count(page.total) }} />
          ) : (
            t('loading')
          )
        }
      />
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : null}
      {page?.total === 0 ? <p>{t('conversations.none')}</p> : null}
      {page && page.total > 0 ? (
        <div className="conversation-list">
          <ConversationRows
            rows={data.pages.flatMap((one) => one.rows)}
            total={page.total}
            hasMore={hasNextPage}
            isLoading={isFetching}
            onMore={more}
            label={t('screens.conversations')}
            link={(row, text) => (
              <Link
                to="/w/$workspace/conversations/$conversation"
                params={{ workspace: id, conversation: row.id }}
                {...{ [ROW]: '' }}
              >
                {text}
              </Link>
            )}
          />
        </div>
      ) : null}
    </Page>
  );
};
