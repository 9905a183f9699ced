import type { ListPlace } from "./docx-numbering";
import { attribute, readXml } from "./read-xml";
import type { ZipFile } from "./zip-file";

/** What of a style matters to the text. */
export interface WordStyle {
  /** Of a heading, from 1. */
  readonly level?: number;
  readonly list?: ListPlace;
  readonly isHidden?: boolean;
  readonly isStruck?: boolean;
  readonly font?: string;
  /** It has a ground of its own, on which white letters are seen. */
  readonly hasGround?: boolean;
}

interface Style {
  name: string;
  basedOn?: string;
  outline?: number;
  list?: string;
  listLevel?: number;
  isHidden?: boolean;
  isStruck?: boolean;
  font?: string;
  hasGround?: boolean;
}

export const isOn = (value: string | undefined): boolean => value !== "0" && value !== "false" && value !== "none";

/** The styles of a Word document by their ids, each with what it has from those that it is based on. */
export async function wordStyles(zip: ZipFile, part: string): Promise<ReadonlyMap<string, WordStyle>> {
  const styles = new Map<string, Style>();
  let current: Style | undefined;
  if (zip.has(part)) {
    await readXml(zip, part, {
      open: (name, attributes) => {
        const value = attribute(attributes, "val");
        if (name === "style") {
          current = { name: "" };
          styles.set(attribute(attributes, "styleId") ?? "", current);
        } else if (!current) return;
        else if (name === "name") current.name = value ?? "";
        else if (name === "basedOn" && value) current.basedOn = value;
        else if (name === "outlineLvl" && value) current.outline = Number(value);
        else if (name === "numId" && value) current.list = value;
        else if (name === "ilvl" && value) current.listLevel = Number(value);
        else if (name === "vanish") current.isHidden = isOn(value);
        else if (name === "strike" || name === "dstrike") current.isStruck = isOn(value);
        else if (name === "shd" || name === "highlight") current.hasGround = true;
        else if (name === "rFonts") {
          const font = attribute(attributes, "ascii");
          if (font) current.font = font;
        }
      },
      close: (name) => {
        if (name === "style") current = undefined;
      },
    });
  }
  return new Map([...styles.keys()].map((id) => [id, styleOf(id, styles)]));
}

function styleOf(id: string, styles: ReadonlyMap<string, Style>): WordStyle {
  const chain: Style[] = [];
  // A chain of styles is a few long; a circle of them would have no end.
  for (let style = styles.get(id); style && chain.length < 20; style = styles.get(style.basedOn ?? ""))
    chain.push(style);
  const first = <Name extends keyof Style>(name: Name): Style[Name] =>
    chain.find((style) => style[name] !== undefined)?.[name] as Style[Name];
  const level = levelOf(chain);
  const list = first("list");
  const [isHidden, isStruck, font, hasGround] = [
    first("isHidden"),
    first("isStruck"),
    first("font"),
    first("hasGround"),
  ];
  return {
    ...(level === undefined ? {} : { level }),
    ...(list === undefined || list === "0" ? {} : { list: { list, level: first("listLevel") } }),
    ...(isHidden ? { isHidden } : {}),
    ...(isStruck ? { isStruck } : {}),
    ...(font ? { font } : {}),
    ...(hasGround ? { hasGround } : {}),
  };
}

function levelOf(chain: readonly Style[]): number | undefined {
  for (const style of chain) {
    // 9 is the level of body text.
    if (style.outline !== undefined) return style.outline < 9 ? style.outline + 1 : undefined;
    const named = /^(?:heading|标题|標題) ?([1-9])$/i.exec(style.name)?.[1];
    if (named) return Number(named);
    if (/^(?:title|标题|標題)$/i.test(style.name)) return 1;
  }
  return undefined;
}
