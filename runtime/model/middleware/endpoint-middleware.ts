import type { Endpoint } from "../endpoint";

export type EndpointMiddleware = (next: Endpoint) => Endpoint;

/** The first middleware is the outermost. */
export const wrapEndpoint = (endpoint: Endpoint, ...middleware: readonly EndpointMiddleware[]): Endpoint =>
  middleware.reduceRight((inner, wrap) => wrap(inner), endpoint);
