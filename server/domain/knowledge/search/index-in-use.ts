/** What a search needs to know of a base: the generation of chunks in use and how it was made. */
export interface IndexInUse {
  readonly knowledgeBaseId: string;
  readonly generation: number;
  /** Chunks that can be found, and words in them. */
  readonly chunkCount: number;
  readonly wordCount: number;
}

/** Values that a chunk's metadata must have, all of them. */
export type MetadataFilter = Readonly<Record<string, string | number | boolean>>;

/** Collects a statement's parameters while it is written: `$1`, `$2`, … */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Which chunks may be found. The first two conditions are those of the base's own indexes, which therefore serve it. */
export const chunksInUse = (
  parameters: Parameters,
  { knowledgeBaseId, generation }: IndexInUse,
  filter: MetadataFilter | undefined,
): string => {
  const place = `"knowledgeBaseId" = ${parameters.add(knowledgeBaseId)} AND "generation" = ${parameters.add(generation)}`;
  // Compared as text, so that "2024" finds the number and what a table's column held alike.
  const conditions = Object.entries(filter ?? {}).map(
    ([name, value]) => ` AND "metadata"->>${parameters.add(name)} = ${parameters.add(String(value))}`,
  );
  return place + conditions.join("");
};
