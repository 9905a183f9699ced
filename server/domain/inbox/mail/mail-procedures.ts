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

export const setMail = ownerProcedure.input(mailInput).mutation(async ({ ctx: { database, workspaceId }, input }) => {
  const { password, ...rest } = input;
  const sealed =
    password === undefined
      ? {}
      : {
          password: password === "" ? null : createSecretBox(readSecretKey()).seal(password, mailPlace(workspaceId)),
        };
  const data = { ...rest, ...sealed };
  await database.prisma.mailSettings.upsert({
    where: { workspaceId },
    create: { workspaceId, ...data },
    update: data,
  });
  return { host: rest.host };
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
