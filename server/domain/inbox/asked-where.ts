import type { Prisma } from "@/generated/prisma/client";
import { permits } from "@/server/platform/guard/access";
import { type Role, roles } from "@/server/platform/guard/role";
import type { Reviewer } from "./may-answer";

/** The tasks that somebody is asked by their role or address, in the words of the database; the rest of who may answer is told task by task. */
export const askedWhere = ({ role, email }: Reviewer): Prisma.InboxTaskWhereInput => {
  if (role === "owner") return {};
  const held: Role[] = roles.filter((each) => permits(role, each));
  return {
    OR: [
      { emails: { isEmpty: true }, role: { in: held } },
      ...(email === null ? [] : [{ emails: { has: email } }, { emails: { has: email.toLowerCase() } }]),
      { escalatedTo: { in: held } },
    ],
  };
};
