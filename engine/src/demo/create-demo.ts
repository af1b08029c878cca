import { type DemoRequest, type DemoStatus, demoReport, demoStates } from '@botworth/contract/demo';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { StateStore } from '../store/port.ts';
import { loadDemo } from './load.ts';
import {
  defaultConversations,
  defaultSeed,
  defaultWeeks,
  demoName,
  demoZone,
  lastWeekEnd,
  type ScenarioWish,
} from './scenario/plan.ts';

export interface DemoSurroundings {
  readonly state: Pick<
    StateStore,
    'createWorkspace' | 'findWorkspace' | 'makeWriteKey' | 'readSetting' | 'writeSetting' | 'audit'
  >;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the front door is. */
  readonly url: string;
  /** For reading the figures back as any client would. */
  readonly token: string;
}

export interface Demo {
  /** Fills a workspace in the background. The one demo that there is stays the one: a second call names it again. */
  start(request: DemoRequest): Promise<{ workspace_id: string }>;
  status(): Promise<DemoStatus>;
  /** Ends the loading; what was acknowledged stays, and the next start goes on. */
  stop(): void;
}

const SETTING = 'demo';

/** What is remembered over a restart: enough to send the very same messages again. */
const remembered = z.object({
  workspace_id: z.string(),
  state: z.enum(demoStates),
  scenario: z.object({ seed: z.number(), endDate: z.string(), weeks: z.number(), conversations: z.number() }),
  problem: z.string().optional(),
  report: demoReport.optional(),
});
type Remembered = z.infer<typeof remembered>;

const INTERRUPTED =
  'The loading was interrupted. Start it again: it goes on, and nothing that arrived is counted twice.';

/** A server that listens everywhere is reached on this machine by its own name. */
const reachable = (url: string): string =>
  url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');

export const createDemo = ({ state, clock, log, url, token }: DemoSurroundings): Demo => {
  const stopping = new AbortController();
  const door = { url: reachable(url), token };
  let running: { readonly workspaceId: string; progress: number } | null = null;
  let starting: Promise<{ workspace_id: string }> | null = null;

  const recall = async (): Promise<Remembered | null> => {
    const text = await state.readSetting(SETTING);
    if (text === null) return null;
    const known = remembered.safeParse(JSON.parse(text)).data ?? null;
    return known !== null && (await state.findWorkspace(known.workspace_id)) !== null ? known : null;
  };
  const remember = (what: Remembered) => state.writeSetting(SETTING, JSON.stringify(what));

  const load = async (known: Remembered, writeKey: string): Promise<void> => {
    const now = { workspaceId: known.workspace_id, progress: 0 };
    running = now;
    try {
      const report = await loadDemo({
        door,
        workspace: known.workspace_id,
        writeKey,
        scenario: known.scenario,
        signal: stopping.signal,
        onProgress: (share) => {
          now.progress = share;
        },
      });
      await remember({ ...known, state: 'ready', problem: undefined, report });
      const missed = report.truths.filter(({ inside }) => !inside).map(({ id }) => id);
      log.info({ ...report, truths: report.truths.length, missed }, 'the demo is loaded');
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.error({ err: error }, 'the demo could not be loaded');
      const problem = error instanceof Error ? error.message : String(error);
      await remember({ ...known, state: 'failed', problem });
    } finally {
      running = null;
    }
  };

  const begin = async (request: DemoRequest): Promise<{ workspace_id: string }> => {
    if (running !== null) return { workspace_id: running.workspaceId };
    const known = await recall();
    if (known?.state === 'ready') return { workspace_id: known.workspace_id };
    const at = clock.now();
    if (known !== null) {
      const { secret } = await state.makeWriteKey(known.workspace_id, { name: 'demo, again', at });
      await remember({ ...known, state: 'running', problem: undefined });
      void load(known, secret);
      return { workspace_id: known.workspace_id };
    }
    const scenario: ScenarioWish = {
      seed: request.seed ?? defaultSeed,
      endDate: lastWeekEnd(clock.nowMs()),
      weeks: request.weeks ?? defaultWeeks,
      conversations: request.conversations ?? defaultConversations,
    };
    const { workspace, writeKey } = await state.createWorkspace({
      name: demoName,
      timezone: demoZone,
      currency: 'EUR',
      demo: true,
      at,
    });
    const made: Remembered = { workspace_id: workspace.id, state: 'running', scenario };
    await remember(made);
    await state.audit({
      at,
      workspaceId: workspace.id,
      actor: 'demo',
      action: 'demo.start',
      details: { ...scenario },
    });
    void load(made, writeKey.secret);
    return { workspace_id: workspace.id };
  };

  return {
    start: (request) => {
      // Two clicks at once make one shop.
      starting ??= begin(request).finally(() => {
        starting = null;
      });
      return starting;
    },
    status: async () => {
      if (running !== null)
        return { state: 'running', progress: running.progress, workspace_id: running.workspaceId };
      const known = await recall();
      if (known === null) return { state: 'none', progress: 0, workspace_id: null };
      const { workspace_id, problem, report } = known;
      if (known.state === 'running')
        return { state: 'failed', progress: 0, workspace_id, problem: INTERRUPTED };
      return {
        state: known.state,
        progress: known.state === 'ready' ? 1 : 0,
        workspace_id,
        ...(problem === undefined ? {} : { problem }),
        ...(report === undefined ? {} : { report }),
      };
    },
    stop: () => stopping.abort(),
  };
};
