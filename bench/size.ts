/** How much is made and for how long it is measured. Figures count only at full size; quick shows that the bench runs. */
export interface Size {
  readonly name: 'full' | 'quick';
  readonly conversations: number;
  readonly weeks: number;
  /** Times that each side of a comparison is asked, one after the other in turn. */
  readonly rounds: number;
  readonly rebuilds: number;
  readonly loadSeconds: number;
  /** Events a second while the time to be visible is measured. */
  readonly visibleRate: number;
  readonly kills: number;
}

export const sizes: Readonly<Record<Size['name'], Size>> = {
  full: {
    name: 'full',
    conversations: 1_040_000,
    weeks: 26,
    rounds: 11,
    rebuilds: 2,
    loadSeconds: 30,
    visibleRate: 2_000,
    kills: 20,
  },
  quick: {
    name: 'quick',
    conversations: 2_000,
    weeks: 26,
    rounds: 3,
    rebuilds: 1,
    loadSeconds: 2,
    visibleRate: 500,
    kills: 1,
  },
};

/** Monday, 2026-05-18, in the zone of the bench's workspace: 26 weeks that hold a change of the clocks. */
export const zone = 'Europe/Berlin';
export const firstDay = '2026-05-18';
export const firstStartS = Date.parse('2026-05-17T22:00:00Z') / 1000;
export const dayAfter = (isoDate: string, days: number): string =>
  new Date(Date.parse(`${isoDate}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
