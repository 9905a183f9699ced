import type { Database } from "@/server/platform/db/database";
import { createSecretBox, readSecretKey } from "@/server/platform/secret/secret-box";
import { type MailServer, securities } from "./mail.types";

/** Where the password is kept, so that it opens in no other place. */
export const mailPlace = (workspaceId: string): string => `mail:${workspaceId}`;

/** The server that a workspace's mail goes out by; null where there is none. */
export const mailServerOf = async ({ prisma }: Database, workspaceId: string): Promise<MailServer | null> => {
  const row = await prisma.mailSettings.findUnique({ where: { workspaceId } });
  if (row === null) return null;
  const { host, port, username, sender } = row;
  const password =
    row.password === null ? null : createSecretBox(readSecretKey()).open(row.password, mailPlace(workspaceId));
  const security = securities.find((each) => each === row.security) ?? "tls";
  return { host, port, username, sender, security, password };
};
