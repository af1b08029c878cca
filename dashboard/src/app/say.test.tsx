import { afterEach, describe, expect, it } from 'vitest';
import { fillGaps, Say } from './say.tsx';
import { putOnStage, type Stage } from './stage-for-test.tsx';

let stage: Stage | undefined;
afterEach(() => stage?.close());

describe('a sentence with gaps', () => {
  it('keeps its numbers in an isolate of their own, wherever the language puts them', async () => {
    stage = await putOnStage(<Say k="change.within" v={{ low: '+0.9', high: '+9.1' }} />, 'ar');
    expect([...stage.box.querySelectorAll('bdi')].map((bdi) => bdi.textContent)).toEqual(['+0.9', '+9.1']);
    expect(stage.box.textContent).toBe('(من +0.9 إلى +9.1)');
  });

  it('shows what a visitor sent as text, never as markup or as a gap', async () => {
    stage = await putOnStage(<Say k="drill.title" v={{ name: '<b>{{week}}</b>', week: 'x' }} />);
    expect(stage.box.querySelector('b')).toBeNull();
    expect(stage.box.textContent).toBe('<b>{{week}}</b>, x');
  });

  it('leaves a gap without a value empty', () => {
    expect(fillGaps('a \ue000x\ue001 b', {})).toHaveLength(3);
  });
});
