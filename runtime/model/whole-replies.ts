import { CompletedParts } from "./completion";
import type { ModelGateway } from "./endpoint";

/** The same models, asked for each reply in one piece: for runs that nobody watches, such as those of an experiment. */
export const wholeReplies = (gateway: ModelGateway): ModelGateway => ({
  ...gateway,
  chat: (request, options) => new CompletedParts(() => gateway.complete(request, { ...options, whole: true })),
});
