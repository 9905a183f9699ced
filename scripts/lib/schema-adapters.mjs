// What Prisma's WASM schema engine talks to: a server (`postgresql://…`) or the embedded database's folder (`pglite:<folder>`).
import { mkdir } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { vector } from "@electric-sql/pglite-pgvector";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaPGlite } from "pglite-prisma-adapter";

const extensions = { vector, pg_trgm };
/** `ColumnTypeEnum.Character` of Prisma's driver adapters. */
const CHARACTER = 6;
/** PostgreSQL's internal type "char", in which its catalogs keep one-letter flags. */
const SYSTEM_CHAR = 18;
const TEXT = 25;

/** @param {string} [folder] in memory without it */
async function connectEmbedded(folder) {
  if (folder) await mkdir(folder, { recursive: true });
  const database = await PGlite.create({ ...(folder && { dataDir: folder }), extensions });
  await database.exec("CREATE EXTENSION IF NOT EXISTS vector; CREATE EXTENSION IF NOT EXISTS pg_trgm;");
  const adapter = await new PrismaPGlite(database).connect();
  // The adapter's own does not wait for the script to end.
  adapter.executeScript = async (script) => {
    await database.exec(script);
  };
  return adapter;
}

/** @param {string} url */
async function connectServer(url) {
  const adapter = await new PrismaPg({ connectionString: url }).connect();
  // The adapter's own splits a script at every semicolon, also inside a function body.
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  // The adapter does not know the type "char", which the engine reads from the catalogs: it is read as text and named a character.
  const performQuery = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    /** @type {number[]} */
    const characters = [];
    adapter.performIO = async (statement) => {
      const result = await performQuery(statement);
      for (const [index, field] of result.fields.entries()) {
        if (field.dataTypeID !== SYSTEM_CHAR) continue;
        characters.push(index);
        field.dataTypeID = TEXT;
      }
      return result;
    };
    const answer = await queryRaw(query);
    for (const index of characters) answer.columnTypes[index] = CHARACTER;
    return answer;
  };
  return adapter;
}

/** @param {string} url */
export const connectTo = (url) =>
  url.startsWith("pglite:") ? connectEmbedded(url.slice("pglite:".length)) : connectServer(url);

/**
 * The factory the engine asks for connections. The shadow database is always an embedded one in memory: Prisma's own factory for
 * servers would connect to the main database once more, and its reset would empty that.
 * @param {string} url
 */
export const adapterFactory = (url) => {
  /** @type {Promise<any> | undefined} */
  let opened;
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => {
      opened ??= connectTo(url);
      return opened;
    },
    connectToShadowDb: () => connectEmbedded(),
  };
};
