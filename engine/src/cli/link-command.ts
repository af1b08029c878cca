import type { Command } from 'commander';
import { fail } from '../base/app-error.ts';
import { ask } from './door.ts';
import { addSettings, settingsOf } from './options.ts';
import type { Tools } from './tools.ts';

export const addLinkCommand = (program: Command, tools: Tools): void => {
  addSettings(
    program.command('link').description('a new one-time link that signs a browser in to the running server'),
  )
    .option('--json', 'one JSON document')
    .action(async (options: Record<string, unknown>) => {
      const door = await tools.openDoor(settingsOf(options));
      try {
        if (door.url === null)
          fail(
            'storage_unavailable',
            'No server runs on this data folder; `npm start` starts one and prints a link.',
          );
        const { path } = await ask<{ path: string }>(door, 'POST', '/api/session/links');
        tools.out.write(
          options.json === true
            ? `${JSON.stringify({ url: `${door.url}${path}` })}\n`
            : `${door.url}${path}\n`,
        );
      } finally {
        await door.close();
      }
    });
};
