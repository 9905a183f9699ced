/** Where what a run sealed may be opened: in that run alone. */
export const vaultPlace = (workspaceId: string, runId: string): string => `vault:${workspaceId}:${runId}`;
