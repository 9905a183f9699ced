import type { Database } from "@/server/platform/db/database";
import { type Address, baseUrl } from "@/server/platform/guard/address";
import { createAuth } from "./auth";

interface LinkRequest {
  readonly database: Database;
  readonly secret: string;
  readonly address: Address;
  readonly email: string;
}

/** A link that signs one person in, once, within a quarter of an hour. Earlier links stop working. */
export const createSignInLink = async ({ database, secret, address, email }: LinkRequest): Promise<string> => {
  let made: string | undefined;
  const auth = createAuth({
    database,
    secret,
    address,
    onLink: (token) => {
      made = token;
    },
  });
  await database.prisma.verification.deleteMany({ where: { identifier: { startsWith: "magic-link:" } } });
  await auth.api.signInMagicLink({ body: { email }, headers: new Headers() });
  if (made === undefined) throw new Error("the sign-in library made no link");
  const link = new URL("/api/auth/link", baseUrl(address));
  link.searchParams.set("token", made);
  return link.href;
};
