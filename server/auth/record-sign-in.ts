import { recordAudit } from "@/server/audit/record-audit";
import type { Database } from "@/server/db";
import { identify } from "./identify";

/** Writes down who came in and how, read from the cookies that were just given out. */
export const recordSignIn = async (
  database: Database,
  cookies: readonly string[],
  by: "link" | "password",
): Promise<void> => {
  const cookie = cookies.map((line) => line.split(";", 1)[0]).join("; ");
  const member = await identify(database, new Headers({ cookie }));
  if (member === null) return;
  await recordAudit(database, { member, action: "account.sign-in", subject: `user:${member.userId}`, data: { by } });
};
