import { type RunStatus, runStatuses } from "@/runtime/run/reduce";

/** Which runs are listed; it lives in the page's address, so that a list can be mailed and returned to. */
export interface RunFilter {
  readonly pipelineId?: string;
  readonly status?: RunStatus;
}

interface Parameters {
  get(name: string): string | null;
}

/** From an address; what is not understood is left out. */
export const readRunFilter = (parameters: Parameters): RunFilter => {
  const pipelineId = parameters.get("pipeline");
  const status = runStatuses.find((known) => known === parameters.get("status"));
  return {
    ...(pipelineId && pipelineId.length <= 64 ? { pipelineId } : {}),
    ...(status ? { status } : {}),
  };
};

export const runsAddress = ({ pipelineId, status }: RunFilter): string => {
  const parameters = new URLSearchParams();
  if (pipelineId) parameters.set("pipeline", pipelineId);
  if (status) parameters.set("status", status);
  return parameters.size > 0 ? `/runs?${parameters}` : "/runs";
};
