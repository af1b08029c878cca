import type { Result } from '@botworth/contract/result';
import { useTranslation } from 'react-i18next';
import { CopyText } from './copy-text.tsx';

/** Without these the event is refused, or the figure stays as it is. */
const readFor: Readonly<Record<string, string>> = {
  message_sent: ', intent, text',
  message_replied: ", actor: 'bot', kind: 'answer', text",
  bot_fallback: ", reason: 'not_understood'",
  csat_submitted: ', score: 4, scale: 5',
  knowledge_gap: ', question',
  flow_started: ', flow',
  bot_goal_completed: ', goal',
};

/** A call that sends the first missing event, ready to be pasted, with the properties that it is read for. */
export const callFor = (event: string): string => `analytics.track({
  event: '${event}', userId,
  properties: { conversation_id${readFor[event] ?? ''} },
})`;

/** Never a zero: which event is missing, and how to send it. */
export const MissingWords = ({ missing }: { readonly missing: Result['missing'] }) => {
  const { t, i18n } = useTranslation();
  const first = missing[0];
  return (
    <div className="missing">
      {missing.map(({ event, why }) => (
        <p key={event} className="of">
          {t('missing.event')} <code>{event}</code>
          <span className="dim" lang={i18n.exists(`missing.${event}`) ? undefined : 'en'}>
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
