import type { Freshness } from '@botworth/contract/api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { freshnessQuestion } from '../api/questions.ts';
import { systemNowMs } from '../clock.ts';
import { useReader } from './reader.ts';
import { Say } from './say.tsx';

const SPOKEN_EVERY_MS = 60_000;
const REFRESH_EVERY_MS = 15_000;

const isCaughtUp = ({ acknowledged, folded }: Freshness): boolean => folded >= acknowledged;

/** Says aloud at most once a minute, or a busy shop would never stop talking. */
const useSpoken = (text: string): string => {
  const [spoken, setSpoken] = useState('');
  const lastMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (text === '' || systemNowMs() - lastMs.current < SPOKEN_EVERY_MS) return;
    lastMs.current = systemNowMs();
    setSpoken(text);
  }, [text]);
  return spoken;
};

/** Asks again for figures when more events are in them, but not with every batch. */
const useFiguresFollow = (workspace: string, folded: number | undefined): void => {
  const client = useQueryClient();
  const seen = useRef<number | undefined>(undefined);
  const lastMs = useRef(0);
  useEffect(() => {
    if (folded === undefined || folded === seen.current) return;
    const isFirst = seen.current === undefined;
    if (!isFirst && systemNowMs() - lastMs.current < REFRESH_EVERY_MS) return;
    seen.current = folded;
    lastMs.current = systemNowMs();
    if (!isFirst) void client.invalidateQueries({ queryKey: ['workspace', workspace, 'figures'] });
  }, [client, folded, workspace]);
};

export const FreshnessLine = ({ workspace }: { readonly workspace: string }) => {
  const { numbers } = useReader();
  const { data, isError } = useQuery(freshnessQuestion(workspace));
  const line = useRef<HTMLSpanElement>(null);
  const [text, setText] = useState('');
  useFiguresFollow(workspace, data?.folded);
  useEffect(() => {
    setText(line.current?.textContent ?? '');
  });
  const spoken = useSpoken(text);
  const waiting = data ? Math.max(data.acknowledged - data.folded, 0) : 0;
  return (
    <div className="freshness">
      <i className={isError ? 'pulse lost' : 'pulse'} />
      <span ref={line} className="freshness-text">
        {isError ? <Say k="freshness.lost" /> : null}
        {!isError && data && data.acknowledged === 0 ? <Say k="freshness.none" /> : null}
        {!isError && data && data.acknowledged > 0 && isCaughtUp(data) ? (
          <Say k="freshness.all" count={data.folded} v={{ n: numbers.count(data.folded) }} />
        ) : null}
        {!isError && waiting > 0 ? (
          <Say k="freshness.waiting" count={waiting} v={{ n: numbers.count(waiting) }} />
        ) : null}
      </span>
      <span className="unseen" role="status" aria-live="polite">
        {spoken}
      </span>
    </div>
  );
};
