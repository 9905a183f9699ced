import { listedModels } from "../model-list";
import type { Services } from "../services";

/** The models that a request may name now, in the form of the OpenAI API and what that form has no place for. */
export function listModels(services: Services) {
  const created = Math.floor(services.startedAt / 1000);
  return {
    object: "list" as const,
    data: listedModels(services)
      .filter(({ present }) => present)
      .map(({ id, capabilities, title, licence, grade, present, contextTokens, dimensions, languages }) => ({
        id,
        object: "model" as const,
        created,
        owned_by: "pipewright",
        capabilities,
        title,
        licence,
        grade,
        present,
        pipewright: {
          task: capabilities[0],
          title,
          licence,
          grade,
          ...(contextTokens !== undefined && { contextTokens }),
          ...(dimensions !== undefined && { dimensions, languages }),
        },
      })),
  };
}
