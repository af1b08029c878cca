import { useQuery } from '@tanstack/react-query';
import { newestQuestion } from '../../api/questions.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { systemNowMs } from '../../clock.ts';
import { type LocalDate, localDateAt } from '../../time/local-date.ts';
import { openingWeek, type WeekChoice, weekChoice, weekHolding } from '../../time/week.ts';

/** The week of the address, else the one that a page opens with; null while that is being found out. */
export const useWeek = (asked: LocalDate | undefined): WeekChoice | null => {
  const { id, zone, weekStart } = useWorkspace();
  const nowMs = systemNowMs();
  const running = weekHolding(localDateAt(nowMs, zone), weekStart);
  const isOpen = asked === undefined;
  const before = useQuery({ ...newestQuestion(id, running), enabled: isOpen });
  const ever = useQuery({ ...newestQuestion(id, null), enabled: isOpen && before.data?.rows.length === 0 });
  if (asked !== undefined) return weekChoice(weekHolding(asked, weekStart), nowMs, zone, weekStart);
  if (before.isError)
    return weekChoice(openingWeek(null, false, nowMs, zone, weekStart), nowMs, zone, weekStart);
  if (!before.data) return null;
  const newest = before.data.rows[0];
  if (!newest && !ever.data && !ever.isError) return null;
  const week = openingWeek(
    newest?.started_at ?? null,
    (ever.data?.rows.length ?? 0) > 0,
    nowMs,
    zone,
    weekStart,
  );
  return weekChoice(week, nowMs, zone, weekStart);
};
