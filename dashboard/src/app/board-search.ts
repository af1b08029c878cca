import { isLocalDate } from '../time/local-date.ts';
import { oneText } from './search-params.ts';

export interface BoardSearch {
  /** First day of the week; absent: the latest that is over and holds conversations. */
  readonly week?: string | undefined;
  readonly compare?: 'year' | undefined;
  readonly channel?: string | undefined;
}

/** What cannot be read is named with nothing: a name that is only left out keeps its raw text of the address. */
export const readBoardSearch = (search: Record<string, unknown>): BoardSearch => {
  const week = oneText(search.week);
  return {
    week: week !== undefined && isLocalDate(week) ? week : undefined,
    compare: search.compare === 'year' ? 'year' : undefined,
    channel: oneText(search.channel),
  };
};
