import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiError, call } from '../api/client.ts';
import { Icon, Logo } from '../design/icon.tsx';
import { ErrorWords } from './error-words.tsx';
import { ReaderChoices } from './reader-choices.tsx';
import { usePageTitle } from './use-page-title.ts';
import './enter-page.css';

/** Nobody is signed in: says where the way in was printed, and takes a token where the server has one. */
export const EnterPage = () => {
  const { t } = useTranslation();
  usePageTitle(t('enter.title'));
  const [token, setToken] = useState('');
  const client = useQueryClient();
  const enter = useMutation<unknown, ApiError>({
    mutationFn: () => call('/api/session', { method: 'POST', body: { token } }),
    onSuccess: () => client.resetQueries(),
  });
  return (
    <main className="enter" id="page">
      <div className="brand">
        <Logo />
        <b>{t('product')}</b>
      </div>
      <h1>{t('enter.title')}</h1>
      <p>{t('enter.link')}</p>
      <pre>
        <code>npx botworth link</code>
      </pre>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <label className="field">
          <span>{t('enter.token')}</span>
          <input
            type="password"
            dir="ltr"
            autoComplete="current-password"
            required
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        </label>
        {enter.isError ? (
          <p className="note bad" role="alert">
            <Icon name="warning" />
            <span>{enter.error.status === 401 ? t('enter.wrong') : <ErrorWords error={enter.error} />}</span>
          </p>
        ) : null}
        <button type="submit" className="btn solid" disabled={enter.isPending}>
          {t('enter.go')}
        </button>
      </form>
      <ReaderChoices />
    </main>
  );
};
