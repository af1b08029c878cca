import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../figure/copy-text.tsx';

const kinds = ['curl', 'node'] as const;
type Kind = (typeof kinds)[number];

const curlText = (host: string, key: string): string => `curl ${host}/v1/batch -u '${key}:' \\
  -H 'Content-Type: application/json' \\
  -d '{"batch": [
    {"type": "track", "event": "message_sent", "userId": "visitor-1",
     "properties": {"conversation_id": "first-chat", "channel": "web_chat", "bot": "helper", "intent": "order_status", "text": "Where is my order?"}},
    {"type": "track", "event": "message_replied", "userId": "visitor-1",
     "properties": {"conversation_id": "first-chat", "channel": "web_chat", "bot": "helper", "actor": "bot", "kind": "answer", "text": "On its way."}}
  ]}'`;

const nodeText = (host: string, key: string): string => `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: '${key}', host: '${host}' });
const conversation = { conversation_id: 'first-chat', channel: 'web_chat', bot: 'helper' };
analytics.track({
  userId: 'visitor-1',
  event: 'message_sent',
  properties: { ...conversation, intent: 'order_status', text: 'Where is my order?' },
});
analytics.track({
  userId: 'visitor-1',
  event: 'message_replied',
  properties: { ...conversation, actor: 'bot', kind: 'answer', text: 'On its way.' },
});
await analytics.closeAndFlush();`;

/** What sends a first event, whole, with the address of this server. */
export const Snippets = ({ writeKey }: { readonly writeKey: string }) => {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('curl');
  const text = kind === 'curl' ? curlText(location.origin, writeKey) : nodeText(location.origin, writeKey);
  return (
    <div className="snippets">
      <div className="tabs" role="tablist" aria-label={t('set_up.snippets')}>
        {kinds.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`snippet-tab-${one}`}
            aria-selected={one === kind}
            aria-controls="snippet"
            onClick={() => setKind(one)}
          >
            {t(`set_up.snippet.${one}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="snippet" aria-labelledby={`snippet-tab-${kind}`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
        <pre tabIndex={0}>
          <code>{text}</code>
        </pre>
        <p className="acts">
          <CopyText text={text} />
        </p>
      </div>
    </div>
  );
};
