import { actors, channels, jobs, type PersonKeyType, replyKinds } from '@botworth/contract/dimensions';
import { type EventName, vocabulary } from '@botworth/contract/vocabulary';
import { eventHash, hash64, personKey, personKeyPlace, threadHash } from '../../src/base/hash.ts';
import { type EventRow, eventFlags } from '../../src/store/schema/event-row.ts';

/** An event as a test says it: only what matters to it. */
export interface Told {
  readonly name: EventName;
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly id?: string;
  /** Absent: the event is loose. `thread::start` names one episode. */
  readonly thread?: string;
  /** `user_id:u1` and so on, strongest first; several are tied. */
  readonly keys?: readonly string[];
  readonly actor?: (typeof actors)[number];
  readonly kind?: (typeof replyKinds)[number];
  readonly channel?: (typeof channels)[number];
  readonly job?: (typeof jobs)[number];
  readonly flags?: readonly (keyof typeof eventFlags)[];
  readonly text?: string;
  readonly continuedFrom?: string;
  readonly row?: Partial<
    Pick<
      EventRow,
      | 'bot'
      | 'bot_version'
      | 'flow'
      | 'step'
      | 'intent'
      | 'confidence'
      | 'goal'
      | 'reason'
      | 'by'
      | 'language'
      | 'device'
      | 'country'
      | 'page'
      | 'source'
      | 'medium'
      | 'campaign'
      | 'variant'
      | 'score'
      | 'scale'
    >
  >;
}

const engineTime = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 23);

const episodeSuffix = /::(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;

const keyOf = (workspace: number, told: string): bigint => {
  const [type, ...rest] = told.split(':');
  return personKey(workspace, type as PersonKeyType, rest.join(':'));
};

const GREATEST = 2n ** 64n - 1n;

/** What the collect door would have stored for it, received as the `seq`-th. */
export const buildEvent = (workspace: number, told: Told, seq: number): EventRow => {
  const suffix = told.thread === undefined ? null : episodeSuffix.exec(told.thread);
  const threadId = suffix === null ? (told.thread ?? '') : (told.thread ?? '').slice(0, suffix.index);
  const keys = (told.keys ?? [])
    .map((key) => keyOf(workspace, key))
    .sort((a, b) => personKeyPlace(a) - personKeyPlace(b) || (a < b ? -1 : 1));
  const best = keys[0] ?? 0n;
  const flags = (told.flags ?? []).reduce<number>(
    (sum, flag) => sum | eventFlags[flag],
    told.thread === undefined ? eventFlags.loose : 0,
  );
  const definition = vocabulary[told.name];
  return {
    workspace_id: workspace,
    thread: (told.thread === undefined ? best : threadHash(workspace, threadId)).toString(),
    eid: eventHash(workspace, told.id ?? JSON.stringify(told)),
    seq: String(seq),
    first: (GREATEST - BigInt(seq)).toString(),
    digest: hash64(JSON.stringify(told)).toString(),
    ts: engineTime(told.atMs),
    received_at: engineTime(told.atMs + 500),
    code: definition.code,
    name: told.name,
    event_id: told.id ?? JSON.stringify(told),
    thread_id: threadId,
    episode_ms: suffix === null ? '0' : String(Date.parse(suffix[1] ?? '')),
    actor: actors.indexOf(told.actor ?? definition.actor),
    kind: replyKinds.indexOf(told.kind ?? 'unknown'),
    channel: channels.indexOf(told.channel ?? 'unknown'),
    job: jobs.indexOf(told.job ?? 'unknown'),
    flags,
    key: best.toString(),
    ties: keys.length > 1 ? keys.map(String) : [],
    bot: '',
    bot_version: '',
    flow: '',
    step: '',
    intent: '',
    confidence: -1,
    goal: '',
    reason: '',
    by: '',
    language: '',
    device: '',
    country: '',
    page: '',
    referrer: '',
    source: '',
    medium: '',
    campaign: '',
    variant: '',
    continued_from: (told.continuedFrom === undefined
      ? 0n
      : threadHash(workspace, told.continuedFrom)
    ).toString(),
    score: 0,
    scale: 0,
    text_hash: told.text === undefined || told.text.length < 3 ? '0' : hash64(told.text).toString(),
    text: told.text ?? '',
    properties: '{}',
    context: '{}',
    via: 'test',
    ...told.row,
  };
};
