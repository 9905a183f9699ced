import type { Database } from "@/server/db";
import { readAddress } from "@/server/guard/address";
import { type Auth, createAuth } from "./auth";
import { authSecret } from "./auth-secret";

const instances = new WeakMap<Database, Promise<Auth>>();

/** One instance a database, because the counts of attempts live in it. */
export const getAuth = (database: Database): Promise<Auth> => {
  const known = instances.get(database);
  if (known) return known;
  const made = authSecret().then((secret) => createAuth({ database, secret, address: readAddress() }));
  instances.set(database, made);
  made.catch(() => instances.delete(database));
  return made;
};
