import { Agent, type Dispatcher, request } from "undici";
import type { HttpFetch } from "./http-fetch";

/**
 * Straight on undici's `request`, which costs less than WHATWG fetch. Connections are kept alive by the dispatcher, which also
 * decides where they may go. Time limits are the endpoint's own, so undici's are off.
 */
export const createUndiciFetch =
  (dispatcher: Dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })): HttpFetch =>
  async (url, { method, headers, body, signal }) => {
    const response = await request(url, {
      method: method as Dispatcher.HttpMethod,
      headers,
      body: body ?? null,
      signal,
      dispatcher,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return {
      status: response.statusCode,
      header: (name) => {
        const value = response.headers[name];
        return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
      },
      body: response.body,
    };
  };
