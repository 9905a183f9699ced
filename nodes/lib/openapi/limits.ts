/** What is taken of a description of an API. */
export const openApiLimits = {
  /** Characters of the file. */
  characters: 10_000_000,
  /** Values in it, counted as often as anchors repeat them. */
  values: 3_000_000,
  /** Levels of lists and objects within each other. */
  depth: 200,
  operations: 5_000,
  servers: 50,
  /** References that lead to another reference. */
  hops: 20,
  /** Parameters and fields of one operation; those beyond are left out, the required ones last. */
  variables: 40,
  /** Fields of a body that become arguments of their own; a larger body is one argument. */
  fields: 30,
  /** Characters of what an operation is for. */
  description: 1_000,
} as const;
