import type { Endpoint } from '../http/endpoint.ts';
import { conversationEndpoints } from './conversations.ts';
import { demoEndpoints } from './demo.ts';
import { figureEndpoints } from './figures.ts';
import { healthEndpoints } from './health.ts';
import { policyEndpoints } from './policy.ts';
import { sessionEndpoints } from './session.ts';
import { tokenEndpoints } from './tokens.ts';
import { workspaceEndpoints } from './workspaces.ts';
import { writeKeyEndpoints } from './write-keys.ts';

export const allEndpoints: readonly Endpoint[] = [
  ...healthEndpoints,
  ...sessionEndpoints,
  ...tokenEndpoints,
  ...workspaceEndpoints,
  ...writeKeyEndpoints,
  ...policyEndpoints,
  ...figureEndpoints,
  ...conversationEndpoints,
  ...demoEndpoints,
];
