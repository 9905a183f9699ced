import type { ChatPart } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { CallOptions, Endpoint, ModelOperation } from "../endpoint";
import { callWhole, type WholeReply, wholeCalls } from "../whole-calls";
import type { EndpointMiddleware } from "./endpoint-middleware";

export type FinishPart = Extract<ChatPart, { type: "finish" }>;

export interface ObservedCall {
  readonly operation: ModelOperation;
  readonly request: { readonly model: string };
  readonly options: CallOptions;
}

/** What an observer learns of one call. Exactly one of `finish`, `reply` and `failure` comes, then `end`. */
export interface CallObserver {
  readonly firstPart?: () => void;
  /** May complete the last part of a chat, e.g. with its cost. */
  readonly finish?: (part: FinishPart) => FinishPart;
  /** May complete the answer of any other operation. */
  readonly reply?: <Reply extends WholeReply>(reply: Reply) => Reply;
  /** A reader who left early counts as `aborted`. */
  readonly failure?: (failure: NodeFailure) => void;
  readonly end?: () => void;
}

const asNodeFailure = (error: unknown): NodeFailure =>
  error instanceof NodeFailure
    ? error
    : new NodeFailure("internal", "The model call ended in an unexpected error.", { cause: error });

/** Watches the calls to an endpoint. One generator for all observers: a token passes through it once. */
export const observe =
  (...begins: readonly ((call: ObservedCall) => CallObserver)[]): EndpointMiddleware =>
  (next: Endpoint): Endpoint => ({
    ...next,
    async *chat(request, options) {
      const observers = begins.map((begin) => begin({ operation: "chat", request, options }));
      let isFirst = true;
      let isSettled = false;
      try {
        for await (const part of next.chat(request, options)) {
          if (isFirst) {
            isFirst = false;
            for (const observer of observers) observer.firstPart?.();
          }
          if (part.type === "finish") {
            isSettled = true;
            yield observers.reduce<FinishPart>((finish, observer) => observer.finish?.(finish) ?? finish, part);
          } else yield part;
        }
      } catch (error) {
        isSettled = true;
        const failure = asNodeFailure(error);
        for (const observer of observers) observer.failure?.(failure);
        throw failure;
      } finally {
        if (!isSettled) {
          const left = new NodeFailure("aborted", "The reader left before the reply ended.");
          for (const observer of observers) observer.failure?.(left);
        }
        for (const observer of observers) observer.end?.();
      }
    },
    ...wholeCalls<CallOptions>((operation) => async (request, options) => {
      const observers = begins.map((begin) => begin({ operation, request, options }));
      try {
        const reply = await callWhole(next, operation, request, options);
        return observers.reduce((result, observer) => observer.reply?.(result) ?? result, reply);
      } catch (error) {
        const failure = asNodeFailure(error);
        for (const observer of observers) observer.failure?.(failure);
        throw failure;
      } finally {
        for (const observer of observers) observer.end?.();
      }
    }),
    complete: async (request, options) => {
      const observers = begins.map((begin) => begin({ operation: "chat", request, options }));
      try {
        const { parts, failure } = await next.complete(request, options);
        if (parts.length > 0) for (const observer of observers) observer.firstPart?.();
        if (failure !== undefined) {
          for (const observer of observers) observer.failure?.(failure);
          return { parts, failure };
        }
        return {
          parts: parts.map((part) =>
            part.type === "finish"
              ? observers.reduce<FinishPart>((finish, observer) => observer.finish?.(finish) ?? finish, part)
              : part,
          ),
        };
      } catch (error) {
        const failure = asNodeFailure(error);
        for (const observer of observers) observer.failure?.(failure);
        throw failure;
      } finally {
        for (const observer of observers) observer.end?.();
      }
    },
  });
