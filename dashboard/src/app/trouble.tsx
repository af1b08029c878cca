import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { Icon } from '../design/icon.tsx';
import { EnterPage } from './enter-page.tsx';
import { ErrorWords } from './error-words.tsx';

/** What failed, what is safe, what to do, and a code to quote. */
export const Trouble = ({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry?: (() => void) | undefined;
}) => {
  const { t } = useTranslation();
  if (error instanceof ApiError && error.status === 401) return <EnterPage />;
  const code = error instanceof ApiError ? error.code : 'page';
  const quoted =
    error instanceof ApiError && error.requestId !== null ? `${code} ${error.requestId.slice(0, 8)}` : code;
  return (
    <div className="trouble" role="alert">
      <p className="note bad">
        <Icon name="warning" />
        <span>
          <ErrorWords error={error} />
        </span>
      </p>
      {onRetry ? (
        <p className="acts">
          <button type="button" className="btn ghost" onClick={onRetry}>
            {t('try_again')}
          </button>
        </p>
      ) : null}
      <p className="dim">
        <code>{quoted}</code>
      </p>
    </div>
  );
};
