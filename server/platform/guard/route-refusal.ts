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
