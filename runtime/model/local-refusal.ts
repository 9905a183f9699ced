import { NodeFailure } from "@/runtime/node/node-failure";

/** We ourselves refused, before any endpoint was asked: a full queue, an open breaker. Asking again at once is no use. */
export class LocalRefusal extends NodeFailure {}
