import { attribute, readXml } from "./read-xml";
import type { ZipFile } from "./zip-file";

interface Style {
  name: string;
  basedOn?: string;
  outline?: number;
}

/** The heading level of each paragraph style that has one, from 1; through the styles that a style is based on. */
export async function headingStyles(zip: ZipFile, part: string): Promise<ReadonlyMap<string, number>> {
  const styles = new Map<string, Style>();
  let current: Style | undefined;
  if (zip.has(part)) {
    await readXml(zip, part, {
      open: (name, attributes) => {
        const value = attribute(attributes, "val");
        if (name === "style") {
          current = { name: "" };
          styles.set(attribute(attributes, "styleId") ?? "", current);
        } else if (current && name === "name") current.name = value ?? "";
        else if (current && name === "basedOn" && value) current.basedOn = value;
        else if (current && name === "outlineLvl" && value) current.outline = Number(value);
      },
      close: (name) => {
        if (name === "style") current = undefined;
      },
    });
  }
  const levels = new Map<string, number>();
  for (const id of styles.keys()) {
    const level = levelOf(id, styles);
    if (level) levels.set(id, level);
  }
  return levels;
}

function levelOf(id: string, styles: ReadonlyMap<string, Style>): number | undefined {
  let style = styles.get(id);
  // A chain of styles is a few long; a circle of them would have no end.
  for (let step = 0; style && step < 20; step++) {
    // 9 is the level of body text.
    if (style.outline !== undefined) return style.outline < 9 ? style.outline + 1 : undefined;
    const named = /^(?:heading|标题|標題) ?([1-9])$/i.exec(style.name)?.[1];
    if (named) return Number(named);
    if (/^(?:title|标题|標題)$/i.test(style.name)) return 1;
    style = styles.get(style.basedOn ?? "");
  }
  return undefined;
}
