/** What the shell sees. The sentence on stderr says the rest. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  wrongUsage: 2,
  portInUse: 3,
  folderLocked: 4,
  notWritable: 5,
  unsupportedPlatform: 6,
  newerSchema: 7,
} as const;
