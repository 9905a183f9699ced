import { z } from "zod";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { createSecretBox, readSecretKey } from "@/server/platform/secret/secret-box";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { mailInput } from "./mail.types";
import { mailPlace, mailServerOf } from "./mail-settings";
import { sendMail } from "./send-mail";
import { testMailOf } from "./write-mail";

const nothing = z.strictObject({});

/** What is set, without the password. */
export const getMail = ownerProcedure.query(async ({ ctx: { database, workspaceId } }) => {
  const row = await database.prisma.mailSettings.findUnique({ where: { workspaceId } });
  if (row === null) return null;
  const { host, port, security, username, sender, password } = row;
  return { host, port, security, username, sender, hasPassword: password !== null };
});

const needsPassword = (): ApplicationError =>
  new ApplicationError("BAD_REQUEST", "Enter the password again to change where mail goes.", {
    reason: "password-needed",
    hint: "Whoever changes the server, its port, the connection or the user name has to know the password.",
    fields: { password: "Enter the password again to change where mail goes." },
  });

/**
 * Whoever changes where the password goes must know it: otherwise a server of one's own would be a way to read it. So host, port, security and user name
 * change only together with it.
 */
export const setMail = ownerProcedure.input(mailInput).mutation(async ({ ctx: { database, workspaceId }, input }) => {
  const { mailSettings } = database.prisma;
  const { password, ...rest } = input;
  const { host, port, security, username } = rest;
  const known = password === undefined ? await mailSettings.findUnique({ where: { workspaceId } }) : null;
  if (known !== null) {
    const isOpen = known.password === null;
    // Told by the database, so that nobody else's password, set at the same moment, goes where this one's would.
    const place = isOpen ? {} : { host, port, security, username };
    const kept = await mailSettings.updateMany({
      where: { workspaceId, ...place, password: known.password },
      data: rest,
    });
    if (kept.count === 0) throw needsPassword();
    return { host };
  }
  const sealed = password ? createSecretBox(readSecretKey()).seal(password, mailPlace(workspaceId)) : null;
  const data = { ...rest, password: sealed };
  await mailSettings.upsert({ where: { workspaceId }, create: { workspaceId, ...data }, update: data });
  return { host };
});

export const removeMail = ownerProcedure.input(nothing).mutation(async ({ ctx: { database, workspaceId } }) => {
  await database.prisma.mailSettings.deleteMany({ where: { workspaceId } });
  return {};
});

/** Sends a mail to whoever asks, by what is saved. */
export const testMail = ownerProcedure.input(nothing).mutation(async ({ ctx: { database, workspaceId, member } }) => {
  const server = await mailServerOf(database, workspaceId);
  if (server === null) throw notFound("mail server");
  const { email } = await database.prisma.user.findUniqueOrThrow({
    where: { id: member.userId },
    select: { email: true },
  });
  const sent = await sendMail(server, testMailOf(email));
  if (!sent.ok)
    throw new ApplicationError("BAD_REQUEST", sent.error, {
      reason: "mail-refused",
      hint: "Check the server's name, its port, and the password.",
    });
  return { to: email };
});
