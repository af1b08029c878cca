import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { isLocalDate } from '../time/local-date.ts';
import { type BoardSearch, readBoardSearch } from './board-search.ts';
import { oneText, parseSearch, stringifySearch } from './search-params.ts';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: lazyRouteComponent(() => import('./not-found.tsx'), 'NotFound'),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./home.tsx'), 'Home'),
});

const enter = createRoute({
  getParentRoute: () => root,
  path: '/enter',
  component: lazyRouteComponent(() => import('./enter-page.tsx'), 'EnterPage'),
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/start',
  component: lazyRouteComponent(() => import('../features/first-run/first-run.tsx'), 'FirstRun'),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspace',
  component: lazyRouteComponent(() => import('./workspace-frame.tsx'), 'WorkspaceFrame'),
});

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  component: lazyRouteComponent(() => import('./workspace-home.tsx'), 'WorkspaceHome'),
});

const scoreboard = createRoute({
  getParentRoute: () => workspace,
  path: 'scoreboard',
  validateSearch: readBoardSearch,
  component: lazyRouteComponent(() => import('../features/scoreboard/scoreboard.tsx'), 'Scoreboard'),
});

export interface DrillSearch extends BoardSearch {
  readonly part?: string | undefined;
}

const readDrillSearch = (search: Record<string, unknown>): DrillSearch => ({
  ...readBoardSearch(search),
  part: oneText(search.part),
});

const drill = createRoute({
  getParentRoute: () => scoreboard,
  path: '$metric',
  validateSearch: readDrillSearch,
  component: lazyRouteComponent(() => import('../features/drill/drill-drawer.tsx'), 'DrillDrawer'),
});

const drillConversation = createRoute({
  getParentRoute: () => scoreboard,
  path: '$metric/$conversation',
  validateSearch: readDrillSearch,
  component: lazyRouteComponent(
    () => import('../features/drill/conversation-drawer.tsx'),
    'ConversationDrawer',
  ),
});

const filterNames = [
  'from',
  'to',
  'job',
  'channel',
  'outcome',
  'resolution',
  'handled_by',
  'intent',
  'bot',
] as const;
export type ListSearch = Readonly<Partial<Record<(typeof filterNames)[number], string | undefined>>>;

const dayNames: readonly string[] = ['from', 'to'];

const readListSearch = (search: Record<string, unknown>): ListSearch =>
  Object.fromEntries(
    filterNames.map((name) => {
      const text = oneText(search[name]);
      return [name, text !== undefined && dayNames.includes(name) && !isLocalDate(text) ? undefined : text];
    }),
  );

const conversations = createRoute({
  getParentRoute: () => workspace,
  path: 'conversations',
  validateSearch: readListSearch,
  component: lazyRouteComponent(
    () => import('../features/conversations/conversation-list.tsx'),
    'ConversationList',
  ),
});

const conversation = createRoute({
  getParentRoute: () => workspace,
  path: 'conversations/$conversation',
  component: lazyRouteComponent(
    () => import('../features/conversation/conversation-page.tsx'),
    'ConversationPage',
  ),
});

const policy = createRoute({
  getParentRoute: () => workspace,
  path: 'policy',
  component: lazyRouteComponent(() => import('../features/policy/policy-page.tsx'), 'PolicyPage'),
});

const setUp = createRoute({
  getParentRoute: () => workspace,
  path: 'set-up',
  component: lazyRouteComponent(() => import('../features/set-up/set-up-page.tsx'), 'SetUpPage'),
});

const tree = root.addChildren([
  home,
  enter,
  start,
  workspace.addChildren([
    workspaceHome,
    scoreboard.addChildren([drill, drillConversation]),
    conversations,
    conversation,
    policy,
    setUp,
  ]),
]);

export const createAppRouter = () =>
  createRouter({
    routeTree: tree,
    parseSearch,
    stringifySearch,
    // An id of a conversation holds colons, and reads better with them.
    pathParamsAllowedCharacters: [':', '@'],
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: lazyRouteComponent(() => import('./page-trouble.tsx'), 'PageTrouble'),
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
