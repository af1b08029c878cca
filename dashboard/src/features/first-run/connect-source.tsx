import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiError, call } from '../../api/client.ts';
import { ErrorWords } from '../../app/error-words.tsx';
import { Icon } from '../../design/icon.tsx';
import { FirstEvent } from '../set-up/first-event.tsx';
import { KeyOnce } from '../set-up/key-once.tsx';
import { Snippets } from '../set-up/snippets.tsx';
import '../set-up/set-up.css';

interface Made {
  readonly id: string;
  readonly write_key: string;
}

const readerZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A workspace, its write key once, what sends a first event, and the event arriving. */
export const ConnectSource = ({ onStart }: { readonly onStart: () => void }) => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [wish, setWish] = useState({ name: '', timezone: readerZone(), currency: 'EUR' });
  const make = useMutation<Made, ApiError>({
    mutationFn: () => call('/api/workspaces', { method: 'POST', body: wish }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['workspaces'] }),
  });
  if (make.data) {
    return (
      <section aria-labelledby="connect-source">
        <h2 id="connect-source">{t('first_run.connect.made')}</h2>
        <KeyOnce writeKey={make.data.write_key} />
        <Snippets writeKey={make.data.write_key} />
        <FirstEvent workspace={make.data.id} />
      </section>
    );
  }
  return (
    <section aria-labelledby="connect-source">
      <h2 id="connect-source">{t('first_run.connect.title')}</h2>
      <p>{t('first_run.connect.say')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onStart();
          make.mutate();
        }}
      >
        <label className="field">
          <span>{t('first_run.connect.name')}</span>
          <input
            required
            maxLength={200}
            value={wish.name}
            onChange={({ target }) => setWish({ ...wish, name: target.value })}
          />
        </label>
        <label className="field">
          <span>{t('first_run.connect.zone')}</span>
          <input
            required
            dir="ltr"
            list="zones"
            value={wish.timezone}
            onChange={({ target }) => setWish({ ...wish, timezone: target.value })}
          />
          <datalist id="zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </label>
        <label className="field">
          <span>{t('first_run.connect.currency')}</span>
          <input
            required
            dir="ltr"
            pattern="[A-Z]{3}"
            maxLength={3}
            value={wish.currency}
            onChange={({ target }) => setWish({ ...wish, currency: target.value.toUpperCase() })}
          />
        </label>
        {make.error ? (
          <p className="note bad" role="alert">
            <Icon name="warning" />
            <span>
              <ErrorWords error={make.error} />
            </span>
          </p>
        ) : null}
        <button type="submit" className="btn solid" disabled={make.isPending}>
          {t('first_run.connect.go')}
        </button>
      </form>
    </section>
  );
};
