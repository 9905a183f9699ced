import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { createCredentialInput, credentialLimits } from "./credential.types";
import { sealSecret } from "./credential-secret";

export const nameTaken = () =>
  new ApplicationError("CONFLICT", "There is a credential of this name already.", {
    reason: "name-taken",
    fields: { name: "There is a credential of this name already." },
  });

/** The only way in for a secret; nothing ever gives it back. */
export const createCredential = ownerProcedure.input(createCredentialInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const { name, hosts, secret } = input;
  const { kind, ...settings } = input.settings;
  const id = randomUUID();
  await database.prisma
    .$transaction(async (prisma) => {
      if ((await prisma.credential.count({ where: { workspaceId } })) >= credentialLimits.credentials) {
        throw new ApplicationError("BAD_REQUEST", `There are ${credentialLimits.credentials} credentials already.`, {
          reason: "limit-reached",
          hint: "Remove one that is no longer used.",
        });
      }
      await prisma.credential.create({
        data: { id, workspaceId, name, kind, hosts, settings, secretCipher: sealSecret(id, secret) },
      });
      await recordAudit(
        { prisma },
        {
          member,
          action: "credential.create",
          subject: `credential:${id}`,
          data: { name, kind, hosts: hosts.join(" ") },
        },
      );
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? nameTaken() : error;
    });
  return { id };
});
