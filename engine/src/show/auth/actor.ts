/** Who asks. The one without rights is `null`, never an actor. */
export interface Actor {
  /** `admin`: the configured token; `local`: this machine's command line; `session`: a browser; `token`: one that was made. */
  readonly kind: 'admin' | 'local' | 'session' | 'token';
  /** Goes into the audit log and the author of a policy version. */
  readonly name: string;
  /** Null: every workspace. */
  readonly workspaceId: string | null;
  readonly mayManage: boolean;
  /** The made token behind it, which can be revoked; '' where there is none. */
  readonly tokenId: string;
}

export const tokenScopes = ['read', 'manage'] as const;

/** Everything, everywhere: the installation itself included. */
export const isAdmin = (actor: Actor): boolean => actor.mayManage && actor.workspaceId === null;

export const mayRead = (actor: Actor, workspaceId: string): boolean =>
  actor.workspaceId === null || actor.workspaceId === workspaceId;

export const mayManage = (actor: Actor, workspaceId: string): boolean =>
  actor.mayManage && mayRead(actor, workspaceId);
