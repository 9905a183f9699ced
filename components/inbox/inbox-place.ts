/** What of the inbox is shown, as the address says it. */
export interface InboxPlace {
  readonly state: "open" | "closed";
  readonly mine: boolean;
  readonly pipelineId?: string;
  readonly runId?: string;
  readonly query?: string;
  readonly task: string | null;
}

/** Where one comes from a run, all that it asks is shown, whoever is asked. */
export const readInboxPlace = (parameters: { get(name: string): string | null }): InboxPlace => {
  const named = (name: string) => parameters.get(name)?.slice(0, 100) || undefined;
  const pipelineId = named("pipeline");
  const runId = named("run");
  const query = named("q");
  return {
    state: parameters.get("state") === "closed" ? "closed" : "open",
    mine: parameters.get("mine") === "1",
    ...(pipelineId === undefined ? {} : { pipelineId }),
    ...(runId === undefined ? {} : { runId }),
    ...(query === undefined ? {} : { query }),
    task: named("task") ?? null,
  };
};

export const inboxAddress = ({ state, mine, pipelineId, runId, query, task }: InboxPlace): string => {
  const parameters = new URLSearchParams({
    ...(state === "closed" && { state }),
    ...(mine && { mine: "1" }),
    ...(pipelineId !== undefined && { pipeline: pipelineId }),
    ...(runId !== undefined && { run: runId }),
    ...(query !== undefined && { q: query }),
    ...(task !== null && { task }),
  }).toString();
  return parameters === "" ? "/inbox" : `/inbox?${parameters}`;
};
