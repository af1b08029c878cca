import type { ConversationRow } from '@botworth/contract/api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../../app/reader.ts';
import { Num } from '../../app/say.tsx';
import { ROWS } from '../../app/use-keys.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { Verdict } from './verdict-mark.tsx';
import './conversation-rows.css';

export interface ConversationRowsProps {
  readonly rows: readonly ConversationRow[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
  /** The link that opens a row; it carries the text. */
  readonly link: (row: ConversationRow, text: ReactNode) => ReactNode;
  readonly label: string;
}

/** Estimated height until a row is measured: two lines of small text on a phone, one elsewhere. */
const ROW_PX = 36;
const AHEAD = 8;

/** As many rows as the figure counts, of which only those in sight are drawn. */
export const ConversationRows = ({
  rows,
  total,
  hasMore,
  isLoading,
  onMore,
  link,
  label,
}: ConversationRowsProps) => {
  const { t } = useTranslation();
  const { numbers, dates } = useReader();
  const { zone } = useWorkspace();
  const scroller = useRef<HTMLTableSectionElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: AHEAD,
    // Before layout is known (and where there is none) the first rows are drawn all the same.
    initialRect: { width: 800, height: 600 },
  });
  const items = list.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && !isLoading && lastShown >= rows.length - AHEAD) onMore();
  }, [hasMore, isLoading, lastShown, rows.length, onMore]);
  const before = items[0]?.start ?? 0;
  const after = list.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <table className="rows" aria-label={label} aria-rowcount={total + 1}>
      <thead className="rows-head">
        <tr className="conversation-row" aria-rowindex={1}>
          {['when', 'intent', 'verdict', 'channel'].map((name) => (
            <th key={name} scope="col">
              {t(`rows.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody
        ref={scroller}
        className="rows-body"
        style={{ paddingBlockStart: `${before}px`, paddingBlockEnd: `${after}px` }}
        {...{ [ROWS]: '' }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <tr
              key={row.id}
              ref={list.measureElement}
              data-index={item.index}
              aria-rowindex={item.index + 2}
              className="conversation-row"
            >
              <td className="when">{link(row, <Num>{dates(zone).instant(row.started_at)}</Num>)}</td>
              <td className="what">
                <bdi>{row.intent === '' ? t('rows.no_intent') : row.intent}</bdi>
                {row.contribution !== undefined && row.contribution !== 1 ? (
                  <span className="dim"> ×{numbers.plain(row.contribution, 0)}</span>
                ) : null}
              </td>
              <td>
                <Verdict row={row} />
              </td>
              <td className="channel">{t(`channel.${row.channel}`, { defaultValue: row.channel })}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
