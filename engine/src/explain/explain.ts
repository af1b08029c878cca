import type { ConversationDetail, ConversationPage, DrillPage, PolicyVersion } from '@botworth/contract/api';
import type { Clock } from '../base/clock.ts';
import { foldSettings } from '../fold/settings.ts';
import type { Measure } from '../measure/measure.ts';
import { readRules } from '../measure/policy/rules.ts';
import { parseQuery } from '../measure/query/parse.ts';
import type { EventStore, Workspace } from '../store/port.ts';
import { readConversation } from './conversation.ts';
import { listConversations, parseList } from './conversations.ts';
import { readCursor, readLimit } from './cursor.ts';
import { drill, readPart } from './drill.ts';

/** As it comes out of an address: nothing of it is trusted yet. */
export interface PageAsked {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

export interface Explain {
  /** The conversations behind a part of a figure: same question, same count. `query` is that of the figure. */
  drill(
    workspace: Workspace,
    version: PolicyVersion,
    metric: string,
    query: Readonly<Record<string, unknown>>,
    page: PageAsked & { readonly part?: string | undefined },
  ): Promise<DrillPage>;
  /** `query`: {from?, to?, where?, as_of?}; newest first. */
  conversations(
    workspace: Workspace,
    version: PolicyVersion,
    query: Readonly<Record<string, unknown>>,
    page: PageAsked,
  ): Promise<ConversationPage>;
  conversation(
    workspace: Workspace,
    version: PolicyVersion,
    id: string,
    asked?: { readonly asOfMs?: number | undefined },
  ): Promise<ConversationDetail>;
}

export const createExplain = ({
  store,
  clock,
  measure,
}: {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly measure: Measure;
}): Explain => {
  const wishOf = ({ after, limit }: PageAsked) => ({
    after: after === undefined ? null : readCursor(after),
    limit: readLimit(limit),
  });
  return {
    drill: async (workspace, version, metric, query, page) => {
      // A drill is about one cell: cuts and comparisons of the figure do not change which conversations are behind it.
      const { by: _by, compare: _compare, metrics: _metrics, people: _people, ...rest } = query;
      const question = await measure.question(workspace, version, parseQuery({ ...rest, metrics: [metric] }));
      return drill(store, question, readPart(page.part), wishOf(page), {
        tag: `drill workspace=${workspace.number} metric=${metric}`,
      });
    },
    conversations: async (workspace, version, query, page) => {
      const question = await measure.question(workspace, version, parseList(query));
      return listConversations(store, question, wishOf(page), {
        tag: `conversations workspace=${workspace.number}`,
      });
    },
    conversation: async (workspace, version, id, asked = {}) => {
      const rules = readRules(workspace, version);
      const flows = await measure.facts.flows(workspace.number, rules, true);
      const asOfS = Math.floor((asked.asOfMs ?? clock.nowMs()) / 1000);
      return readConversation(
        store,
        {
          workspace: workspace.number,
          id,
          rules,
          flows,
          asOfS,
          foldedWith: foldSettings(version.document, workspace.timezone),
        },
        { tag: `conversation workspace=${workspace.number}` },
      );
    },
  };
};
