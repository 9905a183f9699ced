import type { Database } from "@/server/platform/db/database";
import { seesPersonalData } from "@/server/platform/guard/access";
import type { Member } from "@/server/platform/guard/member";
import type { Reviewer } from "./may-answer";

/** A member as whoever answers. */
export const readerOf = async (
  { prisma }: Database,
  { userId, role }: Pick<Member, "userId" | "role">,
): Promise<Reviewer> => {
  const user = await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true, email: true } });
  return {
    id: `user:${userId}`,
    name: user.name === "" ? user.email : user.name,
    email: user.email,
    role,
    seesPersonalData: seesPersonalData(role),
  };
};
