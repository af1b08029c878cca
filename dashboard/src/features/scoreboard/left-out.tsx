import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countQuestion } from '../../api/questions.ts';
import { useReader } from '../../app/reader.ts';
import { Say } from '../../app/say.tsx';
import { useWorkspace } from '../../app/workspace-context.ts';
import type { Period } from '../figure/period.ts';
import './left-out.css';

/** Why a conversation is on no support board: the names are keys of the words, the values what is asked for. */
const reasons = { unknown: 'unknown', elsewhere: 'lead,sales,booking' } as const;
const reasonNames = ['unknown', 'elsewhere'] as const;

/** As they are sent, in every language. */
const properties = { flow: 'flow', job: 'job' } as const;

interface LeftOutProps {
  readonly period: Period;
  readonly channel: string | undefined;
}

/** The board shows one job: who sends no flow and no job would look for their conversations and find none. */
export const LeftOut = ({ period, channel }: LeftOutProps) => {
  const { t } = useTranslation();
  const { numbers } = useReader();
  const { id } = useWorkspace();
  const { from, to } = period;
  const where = (job: string): readonly string[] => [
    `job:${job}`,
    ...(channel === undefined ? [] : [`channel:${channel}`]),
  ];
  const counts = useQueries({
    queries: reasonNames.map((name) => countQuestion(id, { from, to, where: where(reasons[name]) })),
  });
  const found = reasonNames.flatMap((name, at) => {
    const total = counts[at]?.data?.total ?? 0;
    return total === 0 ? [] : [{ name, total }];
  });
  if (found.length === 0) return null;
  return (
    <div className="left-out">
      {found.map(({ name, total }) => (
        <p key={name}>
          <Say
            k={`left_out.${name}`}
            count={total}
            v={{
              n: numbers.count(total),
              ...(name === 'unknown'
                ? { flow: <code>{properties.flow}</code>, job: <code>{properties.job}</code> }
                : {}),
            }}
          />{' '}
          <Link
            to="/w/$workspace/conversations"
            params={{ workspace: id }}
            search={{ from, to, job: reasons[name], channel }}
          >
            {t(`left_out.open_${name}`)}
          </Link>
        </p>
      ))}
    </div>
  );
};
