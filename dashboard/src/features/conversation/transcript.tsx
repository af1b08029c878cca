import type { ConversationEvent } from '@botworth/contract/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Num } from '../../app/say.tsx';
import { ROW, ROWS } from '../../app/use-keys.ts';
import { useWorkspace } from '../../app/workspace-context.ts';

type Side = 'visitor' | 'bot' | 'human' | 'system';

/** Only what was said is a speech bubble; an event that merely quotes a question is not. */
const spoken: ReadonlySet<string> = new Set(['message_sent', 'message_replied', 'option_selected']);

const sideOf = ({ actor, name, text }: ConversationEvent): Side =>
  text !== '' && spoken.has(name) && (actor === 'visitor' || actor === 'bot' || actor === 'human')
    ? actor
    : 'system';

/** What a line is apart from its text: not the ordinary message, but a fallback, a rating, a goal. */
const ordinary: ReadonlySet<string> = new Set(['message_sent', 'message_replied']);

const Event = ({ event }: { readonly event: ConversationEvent }) => {
  const { t } = useTranslation();
  const { dates } = useReader();
  const { zone } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const side = sideOf(event);
  const isOrdinary = ordinary.has(event.name);
  const kind =
    event.kind !== '' && event.kind !== 'unknown'
      ? t(`kind.${event.kind}`, { defaultValue: event.kind })
      : null;
  const eventName = t(`event.${event.name}`, { defaultValue: event.name });
  return (
    <li className={`event ${side}`}>
      <time className="when" dateTime={event.occurred_at} title={dates(zone).instantLong(event.occurred_at)}>
        <Num>{dates(zone).clock(event.occurred_at)}</Num>
      </time>
      <div className="event-body">
        {side === 'system' ? null : <span className="unseen">{t(`actor.${side}`)}: </span>}
        {/* What was said is set as its own script is written, whatever the page is. */}
        {side === 'system' ? <p>{eventName}</p> : <p dir="auto">{event.text}</p>}
        {side === 'system' && event.text !== '' ? <bdi className="dim">{event.text}</bdi> : null}
        <div className="event-notes">
          {side !== 'system' && (kind !== null || !isOrdinary) ? (
            <span className="tag">{isOrdinary ? kind : eventName}</span>
          ) : null}
          {side === 'human' ? <span className="tag">{t('actor.human')}</span> : null}
          {event.joined === 'person' ? <span className="tag">{t('conversation.joined_person')}</span> : null}
          <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
            <summary
              {...{ [ROW]: '' }}
              aria-label={t('conversation.raw_of', {
                event: eventName,
                time: dates(zone).clock(event.occurred_at),
              })}
            >
              {t('conversation.raw')}
            </summary>
            {isOpen ? (
              <pre>
                <code>{JSON.stringify(event, null, 2)}</code>
              </pre>
            ) : null}
          </details>
        </div>
      </div>
    </li>
  );
};

/** Every event in order; each opens into exactly what was stored. */
export const Transcript = ({ events }: { readonly events: readonly ConversationEvent[] }) => (
  <ol className="transcript" {...{ [ROWS]: '' }}>
    {events.map((event) => (
      <Event key={event.event_id} event={event} />
    ))}
  </ol>
);
