import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { exitCodes } from '../base/exit-codes.ts';
import { nearest } from '../base/nearest.ts';

/** Every setting once: its environment variable, its key in `botworth.config.json`, its default, its sentence. */
const optionalUrl = (protocols: readonly string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
      message: `an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    })
    .optional();

export const settingDefinitions = {
  port: {
    schema: z
      .union(
        [
          z.number(),
          z
            .string()
            .regex(/^\d{1,5}$/)
            .transform(Number),
        ],
        {
          error: 'a whole number from 0 to 65535',
        },
      )
      .refine((port) => Number.isInteger(port) && port >= 0 && port <= 65_535, {
        message: 'a whole number from 0 to 65535',
      })
      .default(4680),
    says: 'Port to listen on; 0 takes a free one.',
  },
  host: {
    schema: z.string().min(1).default('127.0.0.1'),
    says: 'Address to listen on. 0.0.0.0 opens it to the network: set an admin token then.',
  },
  data: {
    schema: z.string().min(1).default('./data'),
    says: 'Folder of the embedded stores, the secret and the lock.',
  },
  admin_token: {
    schema: z.string().min(8, 'at least 8 characters').optional(),
    says: 'A bearer token for automation; absent: none. Under 16 characters the start warns of it.',
  },
  clickhouse_url: {
    schema: optionalUrl(['http:', 'https:']),
    says: 'A ClickHouse server for events; absent: the embedded engine.',
  },
  postgres_url: {
    schema: optionalUrl(['postgres:', 'postgresql:']),
    says: 'A PostgreSQL server for accounts and policies; absent: embedded.',
  },
  secret: {
    schema: z.string().min(16, 'at least 16 characters').optional(),
    says: 'Key for hashes of write keys, e-mails and phones; generated into the data folder if absent.',
  },
  roles: { schema: z.string().default('all'), says: 'What this process does; only "all" is built.' },
  log_level: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    says: 'How much is logged.',
  },
  allowed_hosts: {
    schema: z.string().default(''),
    says: 'Comma-separated host names that browsers may use beside the loopback ones.',
  },
} as const;

type SettingName = keyof typeof settingDefinitions;
export const settingNames = Object.keys(settingDefinitions) as readonly SettingName[];
export const variableOf = (name: SettingName): string => `BOTWORTH_${name.toUpperCase()}`;

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly adminToken?: string;
  readonly clickhouseUrl?: string;
  readonly postgresUrl?: string;
  readonly secret?: string;
  readonly roles: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly allowedHosts: readonly string[];
}

class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly exitCode = exitCodes.wrongUsage;
}

const readFile = (path: string): Record<string, unknown> => {
  if (!existsSync(path)) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`${path} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ConfigError(`${path} has to hold one object, like {"port": 4680}.`);
  }
  for (const key of Object.keys(parsed)) {
    if (!settingNames.includes(key as SettingName)) {
      const near = nearest(key, settingNames);
      throw new ConfigError(
        `${path} has a key "${key.slice(0, 64)}" that is not a setting${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '.'}`,
      );
    }
  }
  return parsed as Record<string, unknown>;
};

/** The environment wins over the file, the file over the default. */
export const readConfig = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
  folder: string = process.cwd(),
): Config => {
  const path = resolve(folder, 'botworth.config.json');
  const file = readFile(path);
  const read = <Name extends SettingName>(
    name: Name,
  ): z.infer<(typeof settingDefinitions)[Name]['schema']> => {
    const variable = variableOf(name);
    // An empty variable is how a shell or a compose file says "not set".
    const fromEnvironment = environment[variable] === '' ? undefined : environment[variable];
    const given = fromEnvironment ?? file[name];
    const parsed = settingDefinitions[name].schema.safeParse(given);
    if (!parsed.success) {
      const where = fromEnvironment === undefined ? `"${name}" in ${path}` : variable;
      const secret = name === 'secret' || name === 'admin_token' || name.endsWith('_url');
      throw new ConfigError(
        `${where} ${secret ? 'is not valid' : `is ${JSON.stringify(given)}`}: ${parsed.error.issues[0]?.message ?? 'not valid'}. ${settingDefinitions[name].says}`,
      );
    }
    return parsed.data as z.infer<(typeof settingDefinitions)[Name]['schema']>;
  };
  const adminToken = read('admin_token');
  const clickhouseUrl = read('clickhouse_url');
  const postgresUrl = read('postgres_url');
  const secret = read('secret');
  return {
    port: read('port'),
    host: read('host'),
    dataDir: resolve(folder, read('data')),
    ...(adminToken === undefined ? {} : { adminToken }),
    ...(clickhouseUrl === undefined ? {} : { clickhouseUrl }),
    ...(postgresUrl === undefined ? {} : { postgresUrl }),
    ...(secret === undefined ? {} : { secret }),
    roles: read('roles'),
    logLevel: read('log_level'),
    allowedHosts: read('allowed_hosts')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
  };
};
