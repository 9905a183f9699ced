import { jsonDefaults } from "./setup";

const schemas = new Map<string, Readonly<Record<string, unknown>>>();

/** Checks the JSON text at this model address against a schema; undefined lifts the check. */
export const schemaFor = (modelUri: string, schema: Readonly<Record<string, unknown>> | undefined): void => {
  if (schema ? schemas.get(modelUri) === schema : !schemas.has(modelUri)) return;
  if (schema) schemas.set(modelUri, schema);
  else schemas.delete(modelUri);
  jsonDefaults.setDiagnosticsOptions({
    ...jsonDefaults.diagnosticsOptions,
    schemas: [...schemas].map(([uri, value]) => ({ uri: `${uri}.schema`, fileMatch: [uri], schema: value })),
  });
};
