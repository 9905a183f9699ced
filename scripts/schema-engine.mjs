#!/usr/bin/env node
// Stands in for Prisma's native schema engine: the same commands and the same JSON-RPC over standard input and output, served by
// the WASM engine out of npm. Prisma's command line starts it (see scripts/prisma.mjs); nobody else does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { adapterFactory, connectTo } from "./lib/schema-adapters.mjs";

const words = process.argv.slice(2);
/** @param {string} name */
const options = (name) => words.flatMap((word, index) => (word === name ? [words[index + 1] ?? ""] : []));
const url = JSON.parse(options("--datasource")[0] ?? "{}").url ?? "pglite:";

/** `schema-engine cli <command>`: one question, answered by the exit status. */
async function answerCommand() {
  const command = words.at(-1);
  try {
    switch (command) {
      case "can-connect-to-database": {
        const connection = await connectTo(url);
        await connection.queryRaw({ sql: "SELECT 1", args: [], argTypes: [] });
        await connection.dispose();
        return 0;
      }
      case "create-database": {
        const target = new URL(url);
        const name = decodeURIComponent(target.pathname.slice(1));
        target.pathname = "/postgres";
        const connection = await connectTo(target.href);
        await connection.executeScript(`CREATE DATABASE "${name.replaceAll('"', '""')}"`);
        await connection.dispose();
        return 0;
      }
      default:
        throw new Error(`the command "${command}" is not supported without Prisma's native engine`);
    }
  } catch (error) {
    const message = error.cause?.originalMessage ?? error.message;
    const absent = error.cause?.kind === "DatabaseDoesNotExist" || /does not exist/.test(message);
    const fields = { message, error_code: absent ? "P1003" : "P1001" };
    console.error(JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields }));
    return 1;
  }
}

async function loadEngine() {
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const code = readFileSync(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(url));
  const schemas = options("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
  return () => bindings.SchemaEngine.new({ datamodels: schemas.length > 0 ? schemas : undefined }, () => {}, factory);
}

/** @param {object} message */
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

async function serve() {
  const create = await loadEngine();
  /** @type {any} */
  let engine;
  let prints = 0;

  /** @param {string} method @param {any} parameters */
  const call = async (method, parameters) => {
    engine ??= await create();
    const name = method === "getDatabaseVersion" ? "version" : method;
    if (typeof engine[name] !== "function")
      throw new Error(`"${method}" is not supported without Prisma's native engine`);
    try {
      return await engine[name](parameters);
    } catch (error) {
      // After applying migrations this engine has lost its way to the shadow database; a new one finds it by a diagnosis first.
      if (!/external factory/.test(error?.message)) throw error;
      engine = await create();
      await engine.devDiagnostic({ migrationsList: parameters.migrationsList, filters: parameters.filters });
      return engine[name](parameters);
    }
  };

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    // An answer to a `print` of ours.
    if (!method) continue;
    try {
      let result = await call(method, params);
      if (method === "diff" && result.stdout != null) {
        // The native engine prints a difference through its caller instead of returning it.
        prints += 1;
        send({ id: `print-${prints}`, method: "print", params: { content: result.stdout } });
        result = { exitCode: result.exitCode, stdout: null };
      }
      send({ id, result: result ?? null });
    } catch (error) {
      const data = {
        is_panic: false,
        message: String(error?.message ?? error),
        meta: error?.meta ?? null,
        error_code: error?.code ?? null,
      };
      send({ id, error: { code: 4466, message: "An error happened. Check the data field for details.", data } });
    }
  }
  return 0;
}

process.exit(words.includes("cli") ? await answerCommand() : await serve());
