import { z } from "zod";
import { webLimits } from "@/runtime/capability/web/contract";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import { readable } from "./readable";

/** How a list or an object is written as fields of an address or a form. */
export const valueStyles = ["text", "repeat", "comma", "space", "pipe", "deep"] as const;
export type ValueStyle = (typeof valueStyles)[number];

export const valueStyle = z
  .enum(valueStyles)
  .default("text")
  .meta(
    field({
      title: { en: "A list is written", zh: "列表的写法" },
      help: {
        en: "Counts where the value is one variable alone that holds a list or an object.",
        zh: "仅当值只由一个变量构成，且该变量为列表或对象时有效。",
      },
      control: "select",
      options: {
        text: { en: "As JSON", zh: "JSON" },
        repeat: { en: "name=a&name=b", zh: "name=a&name=b" },
        comma: { en: "name=a,b", zh: "name=a,b" },
        space: { en: "name=a b", zh: "name=a b" },
        pipe: { en: "name=a|b", zh: "name=a|b" },
        deep: { en: "name[field]=a", zh: "name[field]=a" },
      },
    }),
  );

interface Field {
  readonly name: string;
  readonly value: string;
}

/** Fields of one value. */
const mostFields = webLimits.fields * 10;
const deepest = 8;
const separators = { comma: ",", space: " ", pipe: "|" } as const;
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
/** An object as its names and values, without what holds nothing. */
const entries = (value: object): readonly [string, unknown][] =>
  Object.entries(value).filter(([, each]) => each !== undefined && each !== null);

/** The fields that a value makes under a name. Throws `NodeFailure` where there are too many, or they lie too deep. */
export const styledFields = (name: string, value: unknown, style: ValueStyle): readonly Field[] => {
  if (!isObject(value) || style === "text") return [{ name, value: readable(value) }];
  if (style === "deep") return deepFields(name, value, 0);
  const pairs = Array.isArray(value) ? value.map((each): [string, unknown] => [name, each]) : entries(value);
  bound(name, pairs.length);
  if (style === "repeat") return pairs.map(([at, each]) => ({ name: at, value: readable(each) }));
  const parts = Array.isArray(value) ? value : pairs.flat();
  return [{ name, value: parts.map(readable).join(separators[style]) }];
};

const deepFields = (name: string, value: unknown, depth: number): Field[] => {
  if (!isObject(value)) return [{ name, value: readable(value) }];
  if (depth >= deepest) throw new NodeFailure("value-invalid", `"${name}" lies deeper than ${deepest} levels.`);
  const isPlainList = Array.isArray(value) && !value.some(isObject);
  const all = entries(value).flatMap(([key, each]) =>
    deepFields(isPlainList ? `${name}[]` : `${name}[${key}]`, each, depth + 1),
  );
  bound(name, all.length);
  return all;
};

const bound = (name: string, count: number): void => {
  if (count <= mostFields) return;
  throw new NodeFailure("value-too-large", `"${name}" comes to ${count} fields; at most ${mostFields} are sent.`);
};
