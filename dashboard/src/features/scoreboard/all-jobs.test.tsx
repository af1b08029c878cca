import { afterEach, expect, it } from 'vitest';
import { languages } from '../../app/languages.ts';
import { putOnStage, type Stage } from '../../app/stage-for-test.tsx';
import { AllJobs } from './all-jobs.tsx';

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

it.each(languages)(
  'a figure that no job can be asked of says on the board that it covers all of them: %s',
  async (language) => {
    stage = await putOnStage(<AllJobs metric="engagement_rate" />, language);
    const label = stage.box.querySelector('span');
    expect(label?.textContent).not.toMatch(/^$|scoreboard/);
    expect(label?.title).not.toMatch(/^$|scoreboard/);
  },
);

it('a figure of the board’s own job says nothing', async () => {
  stage = await putOnStage(<AllJobs metric="csat" />);
  expect(stage.box.textContent).toBe('');
});
