import type { ConversationDetail, ConversationEvent } from '@botworth/contract/api';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { putOnStage, type Stage } from '../../app/stage-for-test.tsx';
import { Transcript } from './transcript.tsx';
import { VerdictList } from './verdict-list.tsx';

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

const event = (rest: Partial<ConversationEvent>): ConversationEvent => ({
  event_id: 'e1',
  name: 'message_sent',
  occurred_at: '2026-05-03T18:14:00.000Z',
  received_at: '2026-05-03T18:14:00.100Z',
  actor: 'visitor',
  kind: 'unknown',
  text: '',
  step: '',
  intent: '',
  properties: {},
  source: '',
  ...rest,
});

describe('a transcript', () => {
  it('only what was said is a speech bubble', async () => {
    const events = [
      event({ event_id: 'a', text: 'Can I pay in parts?' }),
      event({ event_id: 'b', name: 'knowledge_gap', actor: 'bot', text: 'Can I pay in parts?' }),
    ];
    stage = await putOnStage(<Transcript events={events} />);
    expect([...stage.box.querySelectorAll('li')].map((line) => line.className)).toEqual([
      'event visitor',
      'event system',
    ]);
    expect(stage.box.textContent).toContain('No approved answer');
  });

  it('what joined through its person says so, and nothing else does', async () => {
    const rating = { name: 'csat_submitted', actor: 'visitor' };
    stage = await putOnStage(
      <Transcript
        events={[
          event({ event_id: 'a', text: 'Thanks', joined: 'thread' }),
          event({ event_id: 'b', ...rating, joined: 'thread' }),
          event({ event_id: 'c', ...rating, joined: 'person' }),
        ]}
      />,
    );
    expect(
      [...stage.box.querySelectorAll('li')].map((line) =>
        line.textContent?.includes('joined through the person'),
      ),
    ).toEqual([false, false, true]);
  });

  it('what was said runs as its own script does, whatever the page is', async () => {
    stage = await putOnStage(<Transcript events={[event({ text: 'Where is my parcel?' })]} />, 'ar');
    expect(stage.box.querySelector('.event.visitor p')?.getAttribute('dir')).toBe('auto');
  });

  it('hostile text and unknown event names are shown as they are', async () => {
    stage = await putOnStage(
      <Transcript
        events={[
          event({ text: '<img src=x onerror=alert(1)>{{n}}' }),
          event({ event_id: 'b', name: 'my:event.name' }),
        ]}
      />,
    );
    expect(stage.box.querySelector('img')).toBeNull();
    expect(stage.box.textContent).toContain('<img src=x onerror=alert(1)>{{n}}');
    expect(stage.box.textContent).toContain('my:event.name');
  });

  it('the raw event is exactly what was stored, once it is opened', async () => {
    stage = await putOnStage(<Transcript events={[event({ properties: { a: [1, 'ü'] } })]} />);
    expect(stage.box.querySelector('pre')).toBeNull();
    const details = stage.box.querySelector('details');
    await act(() => {
      if (!details) return;
      details.open = true;
      details.dispatchEvent(new Event('toggle'));
    });
    expect(JSON.parse(stage.box.querySelector('pre')?.textContent ?? '')).toMatchObject({
      event_id: 'e1',
      properties: { a: [1, 'ü'] },
    });
  });
});

describe('a verdict', () => {
  const show = async (...verdicts: ConversationDetail['verdicts']): Promise<string> => {
    stage = await putOnStage(<VerdictList verdicts={verdicts} />);
    return stage.box.textContent ?? '';
  };

  it('has its value, its reason in words and the facts that are known', async () => {
    const text = await show({
      name: 'resolution',
      value: 'assumed',
      because: 'nothing_against_it',
      facts: { window_hours: 72, return_hours: null, ended_at: '2026-05-03T18:14:00.000Z' },
    });
    expect(text).toContain('assumed a useful answer, nothing against it, nobody came back');
    expect(text).toContain('window, hours: 72');
    expect(text).toContain('3 May 2026, 20:14:00');
    expect(text).not.toContain('not known');
  });

  it('a name that somebody sent is never taken for one of our words', async () => {
    const text = await show({
      name: 'goal',
      value: false,
      because: 'goal_not_reached',
      facts: { flow: 'rows', goal: 'product' },
    });
    expect(text).toContain('flow: rows');
    expect(text).toContain('goal: product');
  });

  it('a reason that is new to the page is shown by its code', async () => {
    expect(await show({ name: 'trapped', value: true, because: 'brand_new', facts: {} })).toContain(
      'brand_new',
    );
  });
});
