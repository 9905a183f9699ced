import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import type { Prisma } from "@/generated/prisma/client";
import { credentialPlace } from "@/server/domain/credential/credential-secret";
import { keyPlace } from "@/server/domain/endpoint/load-endpoints";
import { mailPlace } from "@/server/domain/inbox/mail/mail-settings";
import { vaultPlace } from "@/server/domain/run/vault/vault-place";
import { webhookPlace } from "@/server/domain/webhook/webhook-secret";
import { authSecret } from "@/server/platform/auth/auth-secret";
import type { Database } from "@/server/platform/db/database";
import { createSecretBox, type SecretBox } from "@/server/platform/secret/secret-box";
import { keyFingerprint } from "./key-fingerprint";
import { keyCheckId } from "./settle-encryption-key";

/** How many values of each kind were sealed anew, and how many neither key opens; those stay as they are. */
export interface Resealed {
  readonly endpointKeys: number;
  readonly credentials: number;
  readonly originals: number;
  readonly secondFactors: number;
  readonly mailPasswords: number;
  readonly webhookSecrets: number;
  readonly unreadable: number;
}

type Transaction = Prisma.TransactionClient;

interface Boxes {
  readonly from: SecretBox;
  readonly to: SecretBox;
}

/** The database's own word for the longest that an operator's command may take. */
const longestMs = 6 * 3_600_000;
const batch = 200;

/** As a sealed value stands in the JSON text of a run: base64 of nonce, tag and at least one byte. */
const sealedValue = /"cipher":"([A-Za-z0-9+/]{38,}={0,2})"/g;

/**
 * Seals everything that the database keeps sealed with another key, and writes down that this one counts now: all of it in one transaction, so whenever
 * it is broken off, one of the two keys opens all. The app must not be running.
 */
export const reseal = (
  { prisma }: Pick<Database, "prisma">,
  from: Buffer,
  to: Buffer,
  afterEach: (what: string) => void = () => {},
): Promise<Resealed> =>
  prisma.$transaction(
    async (transaction) => {
      const boxes = { from: createSecretBox(from), to: createSecretBox(to) };
      const endpoints = await resealEndpoints(transaction, boxes);
      const passwords = await resealMail(transaction, boxes);
      const webhooks = await resealWebhooks(transaction, boxes);
      afterEach("endpoints");
      const credentials = await resealCredentials(transaction, boxes);
      const originals = await resealRuns(transaction, boxes);
      const factors = await resealTwoFactors(transaction, from, to);
      afterEach("runs");
      const data = { fingerprint: keyFingerprint(to), changedAt: new Date() };
      await transaction.encryptionKeyCheck.upsert({
        where: { id: keyCheckId },
        create: { id: keyCheckId, ...data },
        update: data,
      });
      return {
        endpointKeys: endpoints.done,
        credentials: credentials.done,
        originals: originals.done,
        secondFactors: factors.done,
        mailPasswords: passwords.done,
        webhookSecrets: webhooks.done,
        unreadable:
          endpoints.unreadable +
          credentials.unreadable +
          passwords.unreadable +
          webhooks.unreadable +
          originals.unreadable +
          factors.unreadable,
      };
    },
    { timeout: longestMs, maxWait: 60_000 },
  );

interface Counts {
  done: number;
  unreadable: number;
}

const resealEndpoints = async (prisma: Transaction, { from, to }: Boxes): Promise<Counts> => {
  const counts = { done: 0, unreadable: 0 };
  const rows = await prisma.modelEndpoint.findMany({
    where: { apiKeyCipher: { not: null } },
    select: { id: true, apiKeyCipher: true },
  });
  for (const { id, apiKeyCipher } of rows) {
    const key = from.open(apiKeyCipher ?? "", keyPlace(id));
    if (key === null) counts.unreadable += 1;
    else {
      await prisma.modelEndpoint.update({ where: { id }, data: { apiKeyCipher: to.seal(key, keyPlace(id)) } });
      counts.done += 1;
    }
  }
  return counts;
};

/** What signs steps in to other systems. */
const resealCredentials = async (prisma: Transaction, { from, to }: Boxes): Promise<Counts> => {
  const counts = { done: 0, unreadable: 0 };
  for (const { id, secretCipher } of await prisma.credential.findMany({ select: { id: true, secretCipher: true } })) {
    const secret = from.open(secretCipher, credentialPlace(id));
    if (secret === null) counts.unreadable += 1;
    else {
      await prisma.credential.update({ where: { id }, data: { secretCipher: to.seal(secret, credentialPlace(id)) } });
      counts.done += 1;
    }
  }
  return counts;
};

const resealMail = async (prisma: Transaction, { from, to }: Boxes): Promise<Counts> => {
  const counts = { done: 0, unreadable: 0 };
  const rows = await prisma.mailSettings.findMany({ where: { password: { not: null } } });
  for (const { workspaceId, password } of rows) {
    const place = mailPlace(workspaceId);
    const opened = from.open(password ?? "", place);
    if (opened === null) counts.unreadable += 1;
    else {
      await prisma.mailSettings.update({ where: { workspaceId }, data: { password: to.seal(opened, place) } });
      counts.done += 1;
    }
  }
  return counts;
};

/** What deliveries to webhooks are signed with. */
const resealWebhooks = async (prisma: Transaction, { from, to }: Boxes): Promise<Counts> => {
  const counts = { done: 0, unreadable: 0 };
  for (const { deploymentId, secretCipher } of await prisma.webhook.findMany()) {
    const place = webhookPlace(deploymentId);
    const secret = from.open(secretCipher, place);
    if (secret === null) counts.unreadable += 1;
    else {
      await prisma.webhook.update({ where: { deploymentId }, data: { secretCipher: to.seal(secret, place) } });
      counts.done += 1;
    }
  }
  return counts;
};

/** Second factors are sealed by the sign-in library, with what is derived from the key for it. */
const resealTwoFactors = async (prisma: Transaction, from: Buffer, to: Buffer): Promise<Counts> => {
  const counts = { done: 0, unreadable: 0 };
  const secretOf = (key: Buffer) => authSecret({ PIPEWRIGHT_SECRET_KEY: key.toString("base64") });
  const anew = async (data: string) =>
    symmetricEncrypt({ key: secretOf(to), data: await symmetricDecrypt({ key: secretOf(from), data }) });
  for (const { id, secret, backupCodes } of await prisma.twoFactor.findMany()) {
    try {
      const data = { secret: await anew(secret), backupCodes: await anew(backupCodes) };
      await prisma.twoFactor.update({ where: { id }, data });
      counts.done += 1;
    } catch {
      counts.unreadable += 1;
    }
  }
  return counts;
};

/** Originals of masked personal data, where they stand in the logs of runs. */
const resealRuns = async (prisma: Transaction, boxes: Boxes): Promise<Counts> => {
  const counts = { done: 0, unreadable: 0 };
  let after: { runId: string; firstSeq: number } | undefined;
  for (;;) {
    const chunks = await prisma.runEventChunk.findMany({
      where: { events: { contains: '"cipher":"' } },
      orderBy: [{ runId: "asc" }, { firstSeq: "asc" }],
      take: batch,
      ...(after && { cursor: { runId_firstSeq: after }, skip: 1 }),
      select: { runId: true, firstSeq: true, workspaceId: true, events: true },
    });
    for (const { runId, firstSeq, workspaceId, events } of chunks) {
      const changed = resealText(events, vaultPlace(workspaceId, runId), boxes, counts);
      if (changed === events) continue;
      await prisma.runEventChunk.update({
        where: { runId_firstSeq: { runId, firstSeq } },
        data: { events: changed },
      });
    }
    const last = chunks.at(-1);
    if (last === undefined || chunks.length < batch) return counts;
    after = { runId: last.runId, firstSeq: last.firstSeq };
  }
};

const resealText = (events: string, place: string, { from, to }: Boxes, counts: Counts): string =>
  events.replace(sealedValue, (whole, cipher: string) => {
    const text = from.open(cipher, place);
    if (text === null) {
      // Any step may have an output of this name that was never sealed here.
      counts.unreadable += 1;
      return whole;
    }
    counts.done += 1;
    return `"cipher":"${to.seal(text, place)}"`;
  });
