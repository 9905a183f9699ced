import type { Database } from "@/server/platform/db/database";
import { readAddress } from "@/server/platform/guard/address";
import { type Auth, createAuth } from "./auth";
import { authSecret } from "./auth-secret";

const instances = new WeakMap<Database, Auth>();

/** One instance a database, because the counts of attempts live in it. */
export const getAuth = (database: Database): Auth => {
  const known = instances.get(database);
  if (known) return known;
  const made = createAuth({ database, secret: authSecret(), address: readAddress() });
  instances.set(database, made);
  return made;
};
