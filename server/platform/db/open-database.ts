import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/generated/prisma/client";
import { asDatabaseError } from "./database-gone";
import { LocalSocket } from "./local-socket";
import { migrate } from "./migrate";
import { trustWriters } from "./trusted-writers";
import { vectorSettings } from "./vector-settings";

export interface Database {
  readonly kind: "embedded" | "server";
  readonly prisma: PrismaClient;
  /**
   * One statement without Prisma, for hot paths and for what Prisma cannot say. Values are those of the `pg` driver: timestamps are
   * Date, read and written as UTC, bigint is a string, jsonb is parsed. Write jsonb as a JSON string. A text without parameters may hold several statements; the rows
   * are then those of all of them.
   */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Where the database is: the socket of the embedded one, or the address of a PostgreSQL server. */
export type DatabaseAddress =
  | { readonly kind: "embedded"; readonly socket: string }
  | { readonly kind: "server"; readonly url: string };

/** PostgreSQL's number of `timestamp`, a time without a zone: all of ours are UTC, whatever the zone of the machine. */
const TIMESTAMP = 1114;
const readUtc = (text: string): Date => new Date(`${text.replace(" ", "T")}Z`);
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === TIMESTAMP && format !== "binary"
      ? readUtc
      : (pg.types.getTypeParser as (...given: unknown[]) => unknown)(id, format),
};
// And written so: the driver would write a Date in the zone of the machine, which such a column then takes for UTC.
pg.defaults.parseInputDatesAsUTC = true;

const poolSettings = (address: DatabaseAddress): pg.PoolConfig =>
  address.kind === "embedded"
    ? {
        user: "postgres",
        database: "postgres",
        ssl: false,
        stream: () => new LocalSocket(address.socket),
        // They share one session; more of them only wait in another place.
        max: 8,
      }
    : {
        connectionString: address.url,
        options: `-c timezone=UTC ${vectorSettings.map((each) => `-c ${each}`).join(" ")}`,
        max: 16,
      };

/** Connects, applies missing migrations, and gives both ways to ask. */
export const openDatabase = async (
  address: DatabaseAddress,
  migrations = path.join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations"),
): Promise<Database> => {
  const pool = new pg.Pool({ ...poolSettings(address), types, connectionTimeoutMillis: 30_000 });
  // An idle connection that breaks is replaced by the next query; unheard, the event would end the process.
  pool.on("error", () => {});
  try {
    await migrate(pool, migrations);
    if (address.kind === "embedded") await trustWriters(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    // Beginning a transaction of the embedded database means waiting for the ones before it.
    transactionOptions: { maxWait: 15_000, timeout: 15_000 },
  });
  return {
    kind: address.kind,
    prisma,
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) => {
      const result: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await pool
        .query<Row>(sql, [...parameters])
        .catch((error: unknown) => {
          throw asDatabaseError(error);
        });
      return Array.isArray(result) ? result.flatMap(({ rows }) => rows ?? []) : result.rows;
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};
