import type { Result } from '@botworth/contract/result';
import { useTranslation } from 'react-i18next';
import { CopyText } from './copy-text.tsx';

/** A call that sends the first missing event, ready to be pasted. Properties are those that the event is read for. */
const callFor = (event: string): string => `analytics.track({
  event: '${event}', userId,
  properties: { conversation_id },
})`;

/** Never a zero: which event is missing, and how to send it. */
export const MissingWords = ({ missing }: { readonly missing: Result['missing'] }) => {
  const { t } = useTranslation();
  const first = missing[0];
  return (
    <div className="missing">
      {missing.map(({ event, why }) => (
        <p key={event} className="of">
          {t('missing.event')} <code>{event}</code>
          <span className="dim" lang="en">
            {' '}
            {t(`missing.${event}`, { defaultValue: why })}
          </span>
        </p>
      ))}
      {first ? (
        <>
          <pre>
            <code>{callFor(first.event)}</code>
          </pre>
          <p className="acts">
            <CopyText text={callFor(first.event)} />
          </p>
        </>
      ) : null}
    </div>
  );
};
