import { z } from "zod";
import { type FileReference, fileReference, isAudio, isImage } from "./file-reference";
import type { Localized } from "./localized";
import { type Source, source } from "./source";
import { toolCall, toolLimits } from "./tool";

export const portKinds = [
  "text",
  "number",
  "boolean",
  "json",
  "messages",
  "image",
  "audio",
  "file",
  "documents",
  "any",
] as const;
/** What a wire carries. Images, audio and files travel as references into the object store, documents as passages found by a search. */
export type PortKind = (typeof portKinds)[number];

/** A typed socket on a node. `kind` decides what may be wired to what; `schema` checks values at run time. */
export interface Port<T = unknown, Optional extends boolean = boolean> {
  readonly kind: PortKind;
  readonly schema: z.ZodType<T>;
  readonly optional: Optional;
  /** Shown on the card; the port's name where left out. */
  readonly label?: Localized;
}

export const message = z.object({
  /** `tool`: what a tool gave, as the answer to the call that `toolCallId` names. */
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string(),
  /** Pictures shown with the text, for models that see. */
  images: z.array(fileReference.refine(isImage, "Not an image.")).max(8).optional(),
  /** Of an assistant: the calls it asked for. */
  toolCalls: z.array(toolCall).max(toolLimits.callsInTurn).optional(),
  /** Of a tool: the call that it answers. */
  toolCallId: z.string().min(1).max(200).optional(),
});
export type Message = z.output<typeof message>;

const make = <T>(kind: PortKind, schema: z.ZodType<T>, label?: Localized): Port<T, false> => ({
  kind,
  schema,
  optional: false,
  ...(label ? { label } : {}),
});

export const text = (label?: Localized) => make("text", z.string(), label);
export const number = (label?: Localized) => make("number", z.number(), label);
export const boolean = (label?: Localized) => make("boolean", z.boolean(), label);
export const messages = (label?: Localized) => make("messages", z.array(message), label);
export const image = (label?: Localized): Port<FileReference, false> =>
  make("image", fileReference.refine(isImage, "Not an image."), label);
export const audio = (label?: Localized): Port<FileReference, false> =>
  make("audio", fileReference.refine(isAudio, "Not audio."), label);
export const file = (label?: Localized): Port<FileReference, false> => make("file", fileReference, label);
export const documents = (label?: Localized): Port<readonly Source[], false> =>
  make("documents", z.array(source).max(1000).readonly(), label);
export const json = <T>(schema: z.ZodType<T>, label?: Localized) => make("json", schema, label);
export const any = (label?: Localized) => make("any", z.unknown(), label);
/** The same port, optional: an input that may stay unwired, an output that is a branch and may not be taken. */
export const maybe = <T>(port: Port<T, false>): Port<T, true> => ({ ...port, optional: true });

export type Ports = Readonly<Record<string, Port>>;
type Value<P> = P extends Port<infer T, boolean> ? T : never;
type RequiredKeys<P extends Ports> = { [K in keyof P]: P[K] extends Port<unknown, true> ? never : K }[keyof P];
type OptionalKeys<P extends Ports> = { [K in keyof P]: P[K] extends Port<unknown, true> ? K : never }[keyof P];
export type Values<P extends Ports> = { readonly [K in RequiredKeys<P>]: Value<P[K]> } & {
  readonly [K in OptionalKeys<P>]?: Value<P[K]>;
};
/** Text ports stream string deltas; every other port is delivered whole. */
export type Delta<P extends Ports> = { readonly [K in keyof P]?: Value<P[K]> extends string ? string : never };
