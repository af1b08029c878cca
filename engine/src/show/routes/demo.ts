import { demoRequest, demoStarted, demoStatus } from '@botworth/contract/demo';
import { fail } from '../../base/app-error.ts';
import { endpoint } from '../http/endpoint.ts';
import type { DemoPart, Parts } from '../parts.ts';

const demoOf = ({ demo }: Parts): DemoPart => demo ?? fail('route_not_found', 'This server has no demo.');

const begin = endpoint(
  {
    method: 'post',
    path: '/api/demo',
    access: 'admin',
    summary: 'Fill a workspace with a simulated shop',
    description: 'Returns at once; GET tells how far it is.',
    // The page sends none: all its settings have defaults.
    body: demoRequest.optional(),
    status: 201,
    answer: demoStarted,
    errors: ['route_not_found'],
  },
  async ({ body }, parts) => {
    const begun = await demoOf(parts).start(body ?? {});
    await parts.policyChanged();
    return begun;
  },
);

const progress = endpoint(
  {
    method: 'get',
    path: '/api/demo',
    access: 'read',
    summary: 'How far the demo is, and what it found of what it planted',
    answer: demoStatus,
    errors: ['route_not_found'],
  },
  (_asked, parts) => demoOf(parts).status(),
);

export const demoEndpoints = [begin, progress];
