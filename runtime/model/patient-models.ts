import type { ModelGateway, Patience } from "./endpoint";
import { wholeCalls } from "./whole-calls";

/** The same models for a job, which has time: calls wait for a model that is busy or away, as long as `patience` allows. */
export const patientModels = (gateway: ModelGateway, patience: Patience): ModelGateway => ({
  chat: (request, options) => gateway.chat(request, { ...options, patience }),
  complete: (request, options) => gateway.complete(request, { ...options, patience }),
  ...wholeCalls(
    (operation) => (request, options) => gateway[operation](request as never, { ...options, patience }) as never,
  ),
});
