/** What starts runs of a deployment without an API key: each stands, by an id of its own, where the key's id would. */
export const sourceKinds = ["schedule", "page", "batch", "trigger"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** `schedule:<id>`: such an id is never a key's, whose ids hold no colon. */
export const sourceId = (kind: SourceKind, id: string): string => `${kind}:${id}`;

/** What kind of source started a run; null where a key did, or a person. */
export const sourceKindOf = (apiKeyId: string | null): SourceKind | null =>
  sourceKinds.find((kind) => apiKeyId?.startsWith(`${kind}:`)) ?? null;
