import { z } from "zod";
import { hostRule } from "@/server/platform/egress/host-rule";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";

export const credentialLimits = { credentials: 200, hosts: 20, secret: 8_000 } as const;

/** Visible ASCII: it travels in a header or an address. A password may hold more. */
const visible = z.string().regex(/^[\x21-\x7e]+$/, "This holds only visible ASCII characters.");
const secret = z.string().min(1).max(credentialLimits.secret);
const name = lineOfText(80);
const hosts = z.array(hostRule).min(1, "Name the hosts that it may be sent to.").max(credentialLimits.hosts);
const headerName = visible
  .max(100)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "A header's name holds letters, digits and hyphens.")
  .refine((text) => !/^(?:host|connection|content-length|transfer-encoding)$/i.test(text), {
    message: "This header is set by the connection itself.",
  });

/** What of each kind is no secret. */
export const credentialSettings = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bearer") }),
  z.strictObject({ kind: z.literal("basic"), user: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal("header"), header: headerName }),
  z.strictObject({ kind: z.literal("query"), parameter: z.string().trim().min(1).max(100) }),
  z.strictObject({
    kind: z.literal("oauth2"),
    tokenUrl: z.url({ protocol: /^https?$/ }).max(500),
    clientId: z.string().min(1).max(500),
    scope: z.string().trim().max(1_000).default(""),
  }),
]);
export type CredentialSettings = z.output<typeof credentialSettings>;

export const createCredentialInput = z.strictObject({ name, hosts, settings: credentialSettings, secret });
/** A secret that is left out stays as it is; the kind cannot change. */
export const updateCredentialInput = z.strictObject({
  id: identifier,
  name: name.optional(),
  hosts: hosts.optional(),
  settings: credentialSettings.optional(),
  secret: secret.optional(),
});
export const byIdInput = z.strictObject({ id: identifier });
