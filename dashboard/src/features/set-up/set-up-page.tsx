import type { WriteKeySummary } from '@botworth/contract/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiError, call } from '../../api/client.ts';
import { keysQuestion, workspacePath } from '../../api/questions.ts';
import { Page, PageHead } from '../../app/page.tsx';
import { useReader } from '../../app/reader.ts';
import { Num } from '../../app/say.tsx';
import { Trouble } from '../../app/trouble.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import { FirstEvent } from './first-event.tsx';
import { KeyOnce } from './key-once.tsx';
import { Snippets } from './snippets.tsx';
import './set-up.css';

interface KeyChange {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

const KeyRow = ({
  row,
  onChange,
}: {
  readonly row: WriteKeySummary;
  readonly onChange: (change: KeyChange) => void;
}) => {
  const { t } = useTranslation();
  const { dates } = useReader();
  const { zone } = useWorkspace();
  const [isAsked, setAsked] = useState(false);
  const path = `keys/${encodeURIComponent(row.id)}`;
  return (
    <tr>
      <th scope="row">
        <bdi>{row.name}</bdi>
      </th>
      <td data-column={t('set_up.column.key')}>
        <code>{row.prefix}…</code>
      </td>
      <td data-column={t('set_up.column.made')}>
        <Num>{dates(zone).instant(row.created_at)}</Num>
      </td>
      <td data-column={t('set_up.column.used')}>
        {row.last_used_at === null ? (
          t('set_up.never_used')
        ) : (
          <Num>{dates(zone).instant(row.last_used_at)}</Num>
        )}
      </td>
      <td>
        {row.revoked_at === null && isAsked ? (
          <span className="acts">
            <span>{t('set_up.revoke_what')}</span>
            <button
              type="button"
              className="btn ghost bad"
              onClick={() => onChange({ method: 'DELETE', path })}
            >
              {t('set_up.revoke_now')}
            </button>
            {/* biome-ignore lint/a11y/noAutofocus: the button that was pressed is gone, and the harmless answer is next */}
            <button type="button" className="btn ghost" autoFocus onClick={() => setAsked(false)}>
              {t('set_up.keep')}
            </button>
          </span>
        ) : row.revoked_at === null ? (
          <span className="acts">
            <button
              type="button"
              className="btn ghost"
              onClick={() => onChange({ method: 'POST', path: `${path}/rotate`, body: {} })}
            >
              {t('set_up.rotate')}
            </button>
            <button type="button" className="btn ghost" onClick={() => setAsked(true)}>
              {t('set_up.revoke')}
            </button>
          </span>
        ) : (
          <span className="dim">
            {t('set_up.revoked')} <Num>{dates(zone).instant(row.revoked_at)}</Num>
          </span>
        )}
      </td>
    </tr>
  );
};

/** Write keys: made, replaced, revoked; and what sends a first event. */
export const SetUpPage = () => {
  const { t } = useTranslation();
  const { id } = useWorkspace();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const keys = useQuery(keysQuestion(id));
  const change = useMutation<{ readonly write_key?: string }, ApiError, KeyChange>({
    mutationFn: ({ method, path, body }) =>
      call(`${workspacePath(id)}/${path}`, { method, ...(body === undefined ? {} : { body }) }),
    onSettled: () => client.invalidateQueries({ queryKey: keysQuestion(id).queryKey }),
  });
  const made = change.data?.write_key;
  return (
    <Page name={t('screens.set_up')}>
      <PageHead title={t('screens.set_up')} lead={t('set_up.lead')} />
      {made === undefined ? null : <KeyOnce writeKey={made} />}
      {change.error ? <Trouble error={change.error} /> : null}
      {keys.error ? <Trouble error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      <div className="scrolls">
        <table className="key-table">
          <caption className="unseen">{t('set_up.keys')}</caption>
          <thead>
            <tr>
              {['name', 'key', 'made', 'used', 'acts'].map((column) => (
                <th key={column} scope="col">
                  {t(`set_up.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(keys.data ?? []).map((row) => (
              <KeyRow key={row.id} row={row} onChange={change.mutate} />
            ))}
          </tbody>
        </table>
      </div>
      <form
        className="new-key"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ method: 'POST', path: 'keys', body: { name } });
          setName('');
        }}
      >
        <label className="field">
          <span>{t('set_up.new_key')}</span>
          <input required maxLength={200} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
        <button type="submit" className="btn">
          {t('set_up.make')}
        </button>
      </form>
      <section className="block" aria-labelledby="send">
        <h2 id="send">{t('set_up.send')}</h2>
        <Snippets writeKey={made ?? t('set_up.your_key')} />
        <FirstEvent workspace={id} />
      </section>
      <p>
        <Link to="/start">{t('set_up.other_workspace')}</Link>
      </p>
    </Page>
  );
};
