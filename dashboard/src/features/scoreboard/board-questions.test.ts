import { describe, expect, it } from 'vitest';
import { boardQuestions } from './board-questions.ts';

const metric = (id: string, ...cuts: string[]) => ({ id, cuts });

describe('the questions of a board', () => {
  it('many metrics are one question about the week and one about 26 weeks', () => {
    const questions = boardQuestions({
      week: '2026-04-27',
      compare: 'previous',
      channel: undefined,
      metrics: [metric('a', 'job'), metric('b', 'job')],
    });
    expect(questions).toHaveLength(1);
    expect(questions[0]?.board).toEqual({
      metrics: ['a', 'b'],
      from: '2026-04-27',
      to: '2026-05-04',
      compare: 'previous',
      where: [{ cut: 'job', negate: false, values: ['support'] }],
    });
    expect(questions[0]?.trend).toMatchObject({ from: '2025-11-03', to: '2026-05-04', by: ['week'] });
  });

  it('a figure that knows no job is asked without one, so that it does not fail the others', () => {
    const questions = boardQuestions({
      week: '2026-04-27',
      compare: 'year',
      channel: 'email',
      metrics: [metric('a', 'job', 'channel'), metric('visits', 'channel')],
    });
    expect(questions.map(({ board }) => [board.metrics, board.where?.map(({ cut }) => cut)])).toEqual([
      [['a'], ['job', 'channel']],
      [['visits'], ['channel']],
    ]);
  });
});
