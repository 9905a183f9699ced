import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { JsonSchema } from "@/runtime/node/context";
import { formatPath, type PathStep } from "./json-path";
import { checkSchema, resolveReference, type Schema } from "./json-schema-check";
import { compilePattern } from "./pattern";
import { patternWeight } from "./pattern-weight";
import { excerpt } from "./readable";

/** One way in which a value breaks its schema. `path` is empty for the value itself. */
export interface SchemaProblem {
  readonly path: string;
  /** Part of an English sentence after the path: "must be a number, is "abc"". */
  readonly message: string;
}

export type Validator = (value: unknown) => readonly SchemaProblem[];

export const validationLimits = {
  /** Schemas tried against values in one validation; a schema that refers to itself in a fan would take for ever. */
  steps: 200_000,
  /** Characters of a text times the weight of its pattern that count as one more step: what the slowest patterns take some 2 µs for. */
  matchedPerStep: 500,
  depth: 256,
  /** Problems reported. */
  problems: 20,
} as const;

interface Pattern {
  readonly test: (text: string) => boolean;
  readonly weight: number;
}

class TooComplex extends Error {}

/** Checked where a schema asks for them; other formats are only said, as the standard has it. */
const formats: Readonly<Record<string, z.ZodType>> = {
  date: z.iso.date(),
  "date-time": z.iso.datetime({ offset: true }),
  time: z.iso.time(),
  email: z.email(),
  uuid: z.uuid(),
  uri: z.url(),
};

const typeOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
};
const hasType = (value: unknown, type: string): boolean =>
  type === "integer" ? Number.isInteger(value) : typeOf(value) === type;

/** Equal as JSON: key order does not matter. */
export const sameJson = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  const other = right as Record<string, unknown>;
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson((left as Record<string, unknown>)[key], other[key]))
  );
};

const characters = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

const isMultiple = (value: number, of: number): boolean => {
  const quotient = value / of;
  return (
    Number.isFinite(quotient) && Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient))
  );
};

type Path = readonly PathStep[];
type Record_ = Readonly<Record<string, unknown>>;

/**
 * Makes a validator out of a schema, or says what is wrong with the schema. It interprets the schema and generates no code,
 * so that it runs under any content security policy, and it bounds its own work.
 */
export const compileSchema = async (root: JsonSchema): Promise<Result<Validator, string>> => {
  const checked = checkSchema(root);
  if (!checked.ok) return checked;
  const patterns = new Map<string, Pattern>();
  for (const pattern of checked.value) {
    const compiled = await compilePattern(pattern);
    if (!compiled.ok) return fail(`The pattern ${pattern} cannot be used: ${compiled.error}`);
    patterns.set(pattern, { test: compiled.value, weight: patternWeight(pattern) });
  }
  return ok((value) => {
    const problems: SchemaProblem[] = [];
    try {
      new Validation(root, patterns).check(root, value, [], problems, 0);
    } catch (error) {
      if (!(error instanceof TooComplex)) throw error;
      return [{ path: "", message: "is too complex for this schema to be checked" }];
    }
    return problems.slice(0, validationLimits.problems);
  });
};

class Validation {
  private steps = 0;
  constructor(
    private readonly root: Schema,
    private readonly patterns: ReadonlyMap<string, Pattern>,
  ) {}

  /** Appends every problem of `value` to `problems`. */
  check(schema: Schema, value: unknown, path: Path, problems: SchemaProblem[], depth: number): void {
    this.steps += 1;
    if (this.steps > validationLimits.steps || depth > validationLimits.depth) throw new TooComplex();
    const report = (message: string, at: Path = path) => {
      if (problems.length < validationLimits.problems) problems.push({ path: formatPath(at), message });
    };
    if (schema === true) return;
    if (schema === false) {
      report("is not allowed");
      return;
    }
    if (typeof schema.$ref === "string") {
      const target = resolveReference(this.root, schema.$ref);
      if (target !== undefined) this.check(target, value, path, problems, depth + 1);
    }
    if (!this.checkType(schema, value, report)) return;
    if (typeof value === "number") checkNumber(schema, value, report);
    else if (typeof value === "string") this.checkString(schema, value, report);
    else if (Array.isArray(value)) this.checkArray(schema, value, path, problems, depth, report);
    else if (typeof value === "object" && value !== null) {
      this.checkObject(schema, value as Record_, path, problems, depth, report);
    }
    this.checkCombined(schema, value, path, problems, depth, report);
  }

  private problemsOf(schema: Schema, value: unknown, path: Path, depth: number): readonly SchemaProblem[] {
    const problems: SchemaProblem[] = [];
    this.check(schema, value, path, problems, depth + 1);
    return problems;
  }

  private fits(schema: Schema, value: unknown, depth: number): boolean {
    return this.problemsOf(schema, value, [], depth).length === 0;
  }

  /** False where nothing else need be said about the value. */
  private checkType(schema: JsonSchema, value: unknown, report: (message: string) => void): boolean {
    if (schema.type !== undefined) {
      const types = [schema.type].flat() as string[];
      if (!types.some((type) => hasType(value, type))) {
        report(`must be ${types.map(withArticle).join(" or ")}, is ${excerpt(value, 40)}`);
        return false;
      }
    }
    if (Array.isArray(schema.enum) && !schema.enum.some((allowed) => sameJson(allowed, value))) {
      const allowed = schema.enum.slice(0, 20).map((each) => JSON.stringify(each));
      report(`must be one of ${allowed.join(", ")}${schema.enum.length > 20 ? ", …" : ""}, is ${excerpt(value, 40)}`);
      return false;
    }
    if (schema.const !== undefined && !sameJson(schema.const, value)) {
      report(`must be ${excerpt(schema.const, 40)}, is ${excerpt(value, 40)}`);
      return false;
    }
    return true;
  }

  private checkString(schema: JsonSchema, value: string, report: (message: string) => void): void {
    const { minLength, maxLength, pattern, format } = schema;
    if (typeof minLength === "number" || typeof maxLength === "number") {
      const length = characters(value);
      if (typeof minLength === "number" && length < minLength) report(`must have at least ${minLength} characters`);
      if (typeof maxLength === "number" && length > maxLength) report(`must have at most ${maxLength} characters`);
    }
    if (typeof pattern === "string" && !this.matches(pattern, value)) report(`must match the pattern ${pattern}`);
    const known = typeof format === "string" && Object.hasOwn(formats, format) ? formats[format] : undefined;
    if (known && !known.safeParse(value).success) report(`must be a valid ${format}, is ${excerpt(value, 40)}`);
  }

  private matches(pattern: string, text: string): boolean {
    const known = this.patterns.get(pattern);
    if (known === undefined) return false;
    this.steps += Math.ceil((known.weight * text.length) / validationLimits.matchedPerStep);
    if (this.steps > validationLimits.steps) throw new TooComplex();
    return known.test(text);
  }

  private checkArray(
    schema: JsonSchema,
    value: readonly unknown[],
    path: Path,
    problems: SchemaProblem[],
    depth: number,
    report: (message: string) => void,
  ): void {
    const { minItems, maxItems } = schema;
    if (typeof minItems === "number" && value.length < minItems) report(`must have at least ${minItems} elements`);
    if (typeof maxItems === "number" && value.length > maxItems) report(`must have at most ${maxItems} elements`);
    const prefix = (schema.prefixItems ?? []) as readonly Schema[];
    for (const [index, element] of value.entries()) {
      const own = index < prefix.length ? prefix[index] : (schema.items as Schema | undefined);
      if (own !== undefined) this.check(own, element, [...path, index], problems, depth + 1);
    }
    if (schema.contains !== undefined) {
      const found = value.filter((element) => this.fits(schema.contains as Schema, element, depth)).length;
      const least = typeof schema.minContains === "number" ? schema.minContains : 1;
      if (found < least) report(`must hold at least ${least} fitting elements`);
      if (typeof schema.maxContains === "number" && found > schema.maxContains) {
        report(`must hold at most ${schema.maxContains} fitting elements`);
      }
    }
    if (schema.uniqueItems === true && this.hasDuplicates(value)) report("must not hold the same element twice");
  }

  private hasDuplicates(value: readonly unknown[]): boolean {
    const seen = new Set<string>();
    for (const element of value) {
      this.steps += 1;
      const key = canonical(element);
      if (seen.has(key)) return true;
      seen.add(key);
    }
    return false;
  }

  private checkObject(
    schema: JsonSchema,
    value: Record_,
    path: Path,
    problems: SchemaProblem[],
    depth: number,
    report: (message: string, at?: Path) => void,
  ): void {
    const keys = Object.keys(value);
    const { minProperties, maxProperties } = schema;
    if (typeof minProperties === "number" && keys.length < minProperties) {
      report(`must have at least ${minProperties} fields`);
    }
    if (typeof maxProperties === "number" && keys.length > maxProperties) {
      report(`must have at most ${maxProperties} fields`);
    }
    for (const key of (schema.required ?? []) as readonly string[]) {
      if (!Object.hasOwn(value, key)) report("is missing", [...path, key]);
    }
    for (const [key, needed] of own(schema.dependentRequired as Record<string, readonly string[]>)) {
      if (!Object.hasOwn(value, key)) continue;
      for (const other of needed) {
        if (!Object.hasOwn(value, other)) report(`is missing beside ${key}`, [...path, other]);
      }
    }
    for (const [key, dependent] of own(schema.dependentSchemas as Record<string, Schema>)) {
      if (Object.hasOwn(value, key)) this.check(dependent, value, path, problems, depth + 1);
    }
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    const byPattern = own(schema.patternProperties as Record<string, Schema>);
    for (const key of keys) {
      const at = [...path, key];
      const fitting = byPattern.filter(([pattern]) => this.matches(pattern, key));
      const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (known !== undefined) this.check(known, value[key], at, problems, depth + 1);
      for (const [, each] of fitting) this.check(each, value[key], at, problems, depth + 1);
      if (known === undefined && fitting.length === 0 && schema.additionalProperties !== undefined) {
        if (schema.additionalProperties === false) report("is not a known field", at);
        else this.check(schema.additionalProperties as Schema, value[key], at, problems, depth + 1);
      }
      if (schema.propertyNames !== undefined && !this.fits(schema.propertyNames as Schema, key, depth)) {
        report("has a name that is not allowed", at);
      }
    }
  }

  private checkCombined(
    schema: JsonSchema,
    value: unknown,
    path: Path,
    problems: SchemaProblem[],
    depth: number,
    report: (message: string) => void,
  ): void {
    for (const part of (schema.allOf ?? []) as readonly Schema[]) this.check(part, value, path, problems, depth + 1);
    if (schema.anyOf !== undefined) {
      const tried = (schema.anyOf as readonly Schema[]).map((part) => this.problemsOf(part, value, path, depth));
      if (!tried.some((each) => each.length === 0)) report(describeNearest(tried));
    }
    if (schema.oneOf !== undefined) {
      const tried = (schema.oneOf as readonly Schema[]).map((part) => this.problemsOf(part, value, path, depth));
      const fitting = tried.filter((each) => each.length === 0).length;
      if (fitting === 0) report(describeNearest(tried));
      else if (fitting > 1) report(`fits ${fitting} of the forms of which exactly one is allowed`);
    }
    if (schema.not !== undefined && this.fits(schema.not as Schema, value, depth))
      report("has a form that is not allowed");
    if (schema.if !== undefined) {
      const next = this.fits(schema.if as Schema, value, depth) ? schema.then : schema.else;
      if (next !== undefined) this.check(next as Schema, value, path, problems, depth + 1);
    }
  }
}

const own = <T>(record: Readonly<Record<string, T>> | undefined): [string, T][] => Object.entries(record ?? {});

const withArticle = (type: string): string =>
  type === "null" ? "null" : `${/^[aeio]/.test(type) ? "an" : "a"} ${type === "array" ? "array (list)" : type}`;

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );

const checkNumber = (schema: JsonSchema, value: number, report: (message: string) => void): void => {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === "number" && value < minimum) report(`must be at least ${minimum}, is ${value}`);
  if (typeof maximum === "number" && value > maximum) report(`must be at most ${maximum}, is ${value}`);
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) {
    report(`must be more than ${exclusiveMinimum}, is ${value}`);
  }
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum) {
    report(`must be less than ${exclusiveMaximum}, is ${value}`);
  }
  if (typeof multipleOf === "number" && !isMultiple(value, multipleOf)) {
    report(`must be a multiple of ${multipleOf}, is ${value}`);
  }
};

/** Of several forms that do not fit, the one with the fewest problems is likely the one that was meant. */
const describeNearest = (tried: readonly (readonly SchemaProblem[])[]): string => {
  const nearest = [...tried].sort((left, right) => left.length - right.length)[0] ?? [];
  return `fits none of the ${tried.length} allowed forms (nearest: ${describeProblems(nearest)})`;
};

/** One English sentence out of several problems. */
export const describeProblems = (problems: readonly SchemaProblem[]): string =>
  problems.map(({ path, message }) => `${path === "" ? "the value" : path} ${message}`).join("; ");
