import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";

/** A refusal that the caller of a route is meant to read; thrown by a handler or its guard, answered by the guard. */
export class RouteRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: {
      /** English sentence: what to do. */
      readonly hint?: string;
      readonly runId?: string;
      /** The limit that is reached: whose, of what, how much, how much was used, and when it begins anew. */
      readonly limit?: Readonly<Record<string, string | number>>;
      readonly fields?: Readonly<Record<string, string>>;
    } = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "RouteRefusal";
  }
}

export const refusalAnswer = ({ code, message, details, status, headers }: RouteRefusal): Answer =>
  jsonAnswer({ error: { code, message, ...details } }, status, headers);
