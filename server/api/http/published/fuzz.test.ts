import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let document: Document;
beforeAll(async () => {
  house = await publishedFixture(["echo"]);
  await house.publish("echo");
  const response = await fetch(`${house.origin}/api/v1/openapi.json`, {
    headers: { authorization: `Bearer ${house.key}` },
  });
  document = (await response.json()) as Document;
});
afterAll(() => house.close());

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const methods = ["get", "post", "put", "patch", "delete"];
/** What people and programs send where a value is asked for. */
const nasty = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1e308,
  "",
  " ",
  "\0",
  "\ud800",
  "../../etc/passwd",
  '\'; DROP TABLE "Run"; --',
  "%00",
  "x".repeat(300),
  [],
  [[]],
  {},
  { __proto__: null, constructor: 1 },
  { fileId: "00000000-0000-0000-0000-000000000000" },
  [null],
  "NaN",
  "\u2028",
  "😀".repeat(50),
);

const resolve = (schema: Schema): Schema => {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
};

/** Values that a schema asks for, nearly so, or not at all. */
const valuesOf = (given: Schema, depth = 0): fc.Arbitrary<unknown> => {
  if (depth > 4) return nasty;
  const schema = resolve(given);
  const kind = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  const right: fc.Arbitrary<unknown> = Array.isArray(schema.enum)
    ? fc.constantFrom(...schema.enum)
    : kind === "string"
      ? fc.string({ maxLength: 40, unit: "grapheme" })
      : kind === "integer"
        ? fc.integer()
        : kind === "number"
          ? fc.double({ noNaN: true })
          : kind === "boolean"
            ? fc.boolean()
            : kind === "array"
              ? fc.array(valuesOf((schema.items ?? {}) as Schema, depth + 1), { maxLength: 3 })
              : kind === "object"
                ? fc.record(
                    Object.fromEntries(
                      Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>).map(
                        ([name, each]) => [name, valuesOf(each, depth + 1)],
                      ),
                    ),
                    { requiredKeys: [] },
                  )
                : fc.jsonValue({ maxDepth: 3 });
  return fc.oneof({ arbitrary: right, weight: 6 }, { arbitrary: nasty, weight: 1 });
};

const bodiesOf = ({ requestBody }: Operation): fc.Arbitrary<string | undefined> => {
  const schema = requestBody?.content?.["application/json"]?.schema;
  const json = valuesOf(schema ?? {}).map((value) => JSON.stringify(value) ?? "");
  return fc.oneof(
    { arbitrary: json, weight: 8 },
    { arbitrary: fc.string({ maxLength: 60 }), weight: 1 },
    {
      arbitrary: fc.constantFrom(
        "",
        "{",
        "[".repeat(500),
        '{"inputs":{},"inputs":{}}',
        `{"inputs":{"q":"${"x".repeat(5_000)}"}}`,
      ),
      weight: 1,
    },
  );
};

it("nothing that its own description leads to, nearly fits or does not fit at all, ends in a fault of the server", async () => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      methods.includes(method) ? [{ path, method, operation }] : [],
    ),
  );
  expect(operations.length).toBeGreaterThan(3);
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations).chain(({ path, method, operation }) =>
        fc.record({
          path: fc
            .array(fc.oneof(fc.uuid(), fc.constantFrom("..", "%2e%2e", "%00", "x", "0", "%ff", "a%2Fb")), {
              minLength: 4,
              maxLength: 4,
            })
            .map((values) => {
              let index = 0;
              return path.replace(/\{\w+\}/g, () => values[index++ % values.length] ?? "x");
            }),
          method: fc.constant(method.toUpperCase()),
          body: method === "get" ? fc.constant(undefined) : bodiesOf(operation),
          query: fc.constantFrom("", "?user=x", "?user=%00", "?format=x&format=csv", "?%", `?${"q=1&".repeat(200)}`),
          headers: fc.constantFrom<Record<string, string>>(
            {},
            { "last-event-id": "99999999999999999999" },
            { "last-event-id": "-1.x" },
            { "idempotency-key": "a key" },
            { prefer: "respond-async" },
            { "content-type": "text/plain" },
            { accept: "image/png" },
          ),
        }),
      ),
      async ({ path, method, body, query, headers }) => {
        const response = await fetch(`${house.origin}${path}${query}`, {
          method,
          headers: { authorization: `Bearer ${house.key}`, "content-type": "application/json", ...headers },
          ...(body === undefined ? {} : { body }),
        });
        const text = await response.text();
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
        if (response.status >= 500)
          throw new Error(`${method} ${path}${query} -> ${response.status}: ${text.slice(0, 300)}`);
        // Every refusal is one that a program can read.
        if (response.status >= 400) expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String) } });
      },
    ),
    { seed: 20261201, numRuns: 400, endOnFailure: true },
  );
  expect(seen.get(200) ?? 0).toBeGreaterThan(5);
  expect(seen.get(400) ?? 0).toBeGreaterThan(20);
}, 120_000);
