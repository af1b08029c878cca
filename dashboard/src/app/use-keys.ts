import { useEffect, useRef } from 'react';

export type KeyMap = Readonly<Record<string, () => void>>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/** Single keys for the whole page. They are silent while somebody types, and never shadow a shortcut of the browser. */
export const useKeys = (keys: KeyMap): void => {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      const act = latest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
};

/** Marks what J and K walk through. The last such region of the page that has any is the one on top. */
export const ROWS = 'data-rows';
export const ROW = 'data-row';

export const stepRow = (step: 1 | -1, root: ParentNode = document): void => {
  const regions = [...root.querySelectorAll(`[${ROWS}]`)].filter(
    (region) => region.querySelector(`[${ROW}]`) !== null,
  );
  const rows = [...(regions.at(-1)?.querySelectorAll<HTMLElement>(`[${ROW}]`) ?? [])];
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
  const at = rows.indexOf(focused);
  const first = step === 1 ? 0 : rows.length - 1;
  const next = rows[at < 0 ? first : Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
};
