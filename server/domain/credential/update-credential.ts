import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { nameTaken } from "./create-credential";
import { updateCredentialInput } from "./credential.types";
import { sealSecret } from "./credential-secret";
import { readSettings } from "./credential-view";

/**
 * Whoever changes where a credential goes must know it: otherwise an address of one's own would be a way to read it. So hosts, and the address that
 * gives tokens, change only together with the secret.
 */
const needsSecret = (): ApplicationError =>
  new ApplicationError("BAD_REQUEST", "Enter the secret again to send it to other hosts.", {
    reason: "input-invalid",
    fields: { secret: "Enter the secret again to send it to other hosts." },
  });

export const updateCredential = ownerProcedure.input(updateCredentialInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const { prisma } = database;
  const known = await prisma.credential.findFirst({ where: { id: input.id, workspaceId } });
  if (known === null) throw notFound("credential");
  const { id, kind } = known;
  const { name, hosts, secret, settings } = input;
  if (settings !== undefined && settings.kind !== kind) {
    throw new ApplicationError("BAD_REQUEST", "The kind of a credential does not change. Make another.", {
      reason: "input-invalid",
    });
  }
  const before = readSettings(kind, known.settings);
  const movesHosts = hosts?.some((host) => !known.hosts.includes(host)) === true;
  const movesToken =
    settings?.kind === "oauth2" && (before?.kind !== "oauth2" || before.tokenUrl !== settings.tokenUrl);
  if (secret === undefined && (movesHosts || movesToken)) throw needsSecret();
  const { kind: _, ...plain } = settings ?? { kind };
  await prisma.credential
    .update({
      where: { id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(hosts === undefined ? {} : { hosts }),
        ...(settings === undefined ? {} : { settings: plain }),
        ...(secret === undefined ? {} : { secretCipher: sealSecret(id, secret) }),
      },
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? nameTaken() : error;
    });
  const data = {
    name: name ?? known.name,
    hosts: (hosts ?? known.hosts).join(" "),
    secret: secret === undefined ? "kept" : "replaced",
  };
  await recordAudit(database, { member, action: "credential.update", subject: `credential:${id}`, data });
  return { id };
});
