import { describe, expect, it } from "vitest";
import { z } from "zod";
import { knowsIcon } from "@/components/editor/node-icon";
import { catalog } from "@/nodes/index";
import { describeConfig } from "./describe-config";
import { field } from "./field";

const title = { en: "T", zh: "题" };

describe("describeConfig", () => {
  it("reads title, control and bounds through wrappers, wherever the metadata stands", () => {
    const [outer, inner] = describeConfig(
      z.object({
        outer: z
          .number()
          .min(0)
          .max(2)
          .default(1)
          .meta(field({ title, control: "slider" })),
        inner: z
          .string()
          .max(10)
          .meta(field({ title, group: "advanced" }))
          .optional(),
      }),
    );
    expect(outer).toMatchObject({
      control: "slider",
      minimum: 0,
      maximum: 2,
      initial: 1,
      optional: false,
      group: "main",
    });
    expect(inner).toMatchObject({ title, control: "text", maxLength: 10, optional: true, group: "advanced" });
  });

  it("chooses a control from the schema where none is named", () => {
    const controls = describeConfig(
      z.object({
        a: z.boolean(),
        b: z.enum(["x", "y"]),
        c: z.array(z.string()),
        d: z.array(z.object({ e: z.string() })),
        f: z.json(),
      }),
    ).map(({ control }) => control);
    expect(controls).toEqual(["switch", "select", "string-list", "rows", "json"]);
  });

  it("describes the fields of an item", () => {
    const [rows] = describeConfig(z.object({ rows: z.array(z.object({ name: z.string().max(5) })).max(3) }));
    expect(rows).toMatchObject({ maxItems: 3, item: [{ name: "name", control: "text", maxLength: 5 }] });
  });
});

describe("every node of the catalog", () => {
  it.each(catalog.nodes.map((node) => [node.type, node] as const))("%s can be drawn and edited", (_, node) => {
    expect(knowsIcon(node.icon)).toBe(true);
    for (const described of describeConfig(node.config)) {
      expect(described.title.en).not.toBe("");
      expect(described.title.zh).not.toBe("");
    }
  });
});
