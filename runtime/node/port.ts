import { z } from "zod";
import type { Localized } from "./localized";

export const portKinds = ["text", "number", "boolean", "json", "messages", "any"] as const;
/** What a wire carries. Later kinds (image, audio, file, documents) join this list. */
export type PortKind = (typeof portKinds)[number];

/** A typed socket on a node. `kind` decides what may be wired to what; `schema` checks values at run time. */
export interface Port<T = unknown, Optional extends boolean = boolean> {
  readonly kind: PortKind;
  readonly schema: z.ZodType<T>;
  readonly optional: Optional;
  /** Shown on the card; the port's name where left out. */
  readonly label?: Localized;
}

export const message = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });
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
