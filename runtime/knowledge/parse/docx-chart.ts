import { attribute, readXml } from "./read-xml";
import type { ZipFile } from "./zip-file";

const most = 2000;

interface Series {
  name: string;
  readonly categories: Map<number, string>;
  readonly values: Map<number, string>;
}

/** What a chart shows, as Word keeps it beside the drawing: its title, and a line for each category with the values of its series. */
export async function chartText(zip: ZipFile, part: string): Promise<string> {
  const title: string[] = [];
  const series: Series[] = [];
  let place: "name" | "category" | "value" | undefined;
  let at = 0;
  let reading: "title" | "value" | undefined;
  let count = 0;
  await readXml(zip, part, {
    open: (name, attributes) => {
      if (name === "ser") series.push({ name: "", categories: new Map(), values: new Map() });
      else if (name === "tx" && series.length > 0) place = "name";
      else if (name === "cat" || name === "xVal") place = "category";
      else if (name === "val" || name === "yVal") place = "value";
      else if (name === "pt") at = Number(attribute(attributes, "idx") ?? 0);
      else if (name === "v") reading = "value";
      else if (name === "t") reading = "title";
    },
    text: (text) => {
      const last = series.at(-1);
      if (reading === "title" && title.length < 50) title.push(text);
      if (reading !== "value" || !last || ++count > most) return;
      if (place === "name") last.name += text;
      else if (place === "category") last.categories.set(at, (last.categories.get(at) ?? "") + text);
      else if (place === "value") last.values.set(at, (last.values.get(at) ?? "") + text);
    },
    close: (name) => {
      if (name === "v" || name === "t") reading = undefined;
      else if (name === "tx" || name === "cat" || name === "val" || name === "xVal" || name === "yVal")
        place = undefined;
    },
  });
  const places = [...new Set(series.flatMap(({ values }) => [...values.keys()]))].sort((one, other) => one - other);
  const lines = places.map((index) => {
    const category = series.map(({ categories }) => categories.get(index)).find((text) => text !== undefined);
    const values = series.flatMap(({ name, values: given }) => {
      const value = given.get(index);
      return value === undefined ? [] : [name === "" ? value : `${name}: ${value}`];
    });
    return `${category === undefined ? "" : `${category} | `}${values.join(" | ")}`;
  });
  return [title.join("").trim(), ...lines].filter((line) => line !== "").join("\n");
}

/** The words of a diagram, a line for each of its shapes. */
export async function diagramText(zip: ZipFile, part: string): Promise<string> {
  const lines: string[] = [];
  let line = "";
  let reading = false;
  await readXml(zip, part, {
    open: (name) => {
      if (name === "t") reading = true;
    },
    text: (text) => {
      if (reading) line += text;
    },
    close: (name) => {
      if (name === "t") reading = false;
      if (name === "p" && line.trim() !== "") {
        if (lines.length < most) lines.push(line.trim());
        line = "";
      }
    },
  });
  return lines.join("\n");
}
