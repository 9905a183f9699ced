/** What stands in a document for a supply, and the job that still works on it. */
export interface Supplied {
  readonly value: unknown;
  readonly jobId: string | null;
}
