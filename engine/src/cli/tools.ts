import type { Door } from './door.ts';

export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed';
  /** What was found and, where it is not well, what to do. */
  readonly sentence: string;
}

/** Settings that a command line option may give instead of the environment. */
export interface SettingOptions {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
}

/** What the commands stand on; main.ts hands it in, so that no command loads what it does not need. */
export interface Tools {
  readonly version: string;
  readonly nowMs: () => number;
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Runs until it is told to stop, or until the work that begins when it is ready resolves to true. */
  readonly serve: (
    settings: SettingOptions,
    output: { readonly isJson: boolean; readonly isQuiet?: boolean },
    meanwhile?: () => Promise<boolean>,
  ) => Promise<number>;
  /** The running server that holds the data folder. */
  readonly findServer: (settings: SettingOptions) => Promise<Door | null>;
  /** To the server that holds the data folder, else straight to the stores. */
  readonly openDoor: (settings: SettingOptions) => Promise<Door>;
  /** One after another, as they are found. */
  readonly checks: (settings: SettingOptions) => AsyncIterable<Check>;
}

/** What a command leaves for the shell where it ends without an error. */
export interface Outcome {
  exitCode: number;
}
