import { deflateSync } from "node:zlib";
import { pdfEncryption } from "./pdf-encryption";

/** A line of text on an A4 page, measured in points from its top left corner to the baseline's start. */
export interface PdfLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface PdfPage {
  readonly lines: readonly PdfLine[];
  /** Fills the page, as a scan does: one byte a pixel, 0 is black. */
  readonly picture?: { readonly width: number; readonly height: number; readonly gray: Uint8Array };
  /** Drawing instructions of one's own, after all else; the fonts are /L (Latin) and /C (Chinese), a layer that is off /Off, and the picture /P. */
  readonly content?: string;
  /** In degrees, clockwise: how a reader turns the page. */
  readonly rotate?: number;
  /** Bodies of annotation dictionaries; their positions are PDF's own, from the bottom left. */
  readonly annotations?: readonly string[];
}

export interface PdfOptions {
  /** Bookmarks; pages count from 1. */
  readonly outline?: readonly { readonly title: string; readonly page: number }[];
  /** Encrypts the file, so that it takes this password to open; the empty one every reader tries by itself. */
  readonly password?: string;
}

export const a4 = { width: 595, height: 842 } as const;

/**
 * Writes a PDF by hand, for tests. Latin text is in Helvetica and Chinese in STSong, neither of them embedded: to read the Chinese
 * takes the character maps of Adobe-GB1, as with many a PDF that was made in China.
 */
export function makePdf(pages: readonly PdfPage[], { outline = [], password }: PdfOptions = {}): Uint8Array {
  const encryption = password === undefined ? undefined : pdfEncryption(password);
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number => objects.push(Buffer.from(body));
  const addStream = (dictionary: string, data: Buffer): number => {
    const packed = deflateSync(data);
    const number = objects.length + 1;
    const stored = encryption ? encryption.encrypt(number, packed) : packed;
    const head = `<< ${dictionary} /Filter /FlateDecode /Length ${stored.length} >>\nstream\n`;
    return add(Buffer.concat([Buffer.from(head), stored, Buffer.from("\nendstream")]));
  };

  const catalog = add("");
  const tree = add("");
  const latin = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const descriptor = add(
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
  );
  const song = add(
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor ${descriptor} 0 R /DW 1000 /W [1 95 500] >>`,
  );
  const chinese = add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [${song} 0 R] >>`,
  );
  const off = add("<< /Type /OCG /Name (Off) >>");
  const fields: string[] = [];
  const fonts = `/Font << /L ${latin} 0 R /C ${chinese} 0 R >>`;

  // Equal pages share what they show, so that one of thousands of pages is made at once.
  const contents = new Map<PdfPage, string>();
  const numbers = pages.map((page) => {
    let shown = contents.get(page);
    if (!shown) {
      const picture = page.picture && addPicture(page.picture, addStream);
      const content = addStream("", Buffer.from(drawing(page), "latin1"));
      const pictures = picture ? ` /XObject << /P ${picture} 0 R >>` : "";
      shown = `/Resources << ${fonts}${pictures} /Properties << /Off ${off} 0 R >> >> /Contents ${content} 0 R`;
      contents.set(page, shown);
    }
    const annotations = (page.annotations ?? []).map((body) => `${add(`<< /Type /Annot ${body} >>`)} 0 R`);
    const noted = annotations.length > 0 ? ` /Annots [${annotations.join(" ")}]` : "";
    const turned = page.rotate ? ` /Rotate ${page.rotate}` : "";
    fields.push(...annotations);
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${a4.width} ${a4.height}]${turned}${noted} ${shown} >>`,
    );
  });
  objects[tree - 1] = Buffer.from(
    `<< /Type /Pages /Count ${pages.length} /Kids [${numbers.map((number) => `${number} 0 R`).join(" ")}] >>`,
  );
  const marks = outline.length > 0 ? ` /Outlines ${addOutline(outline, numbers, objects)} 0 R` : "";
  const form = fields.length > 0 ? ` /AcroForm << /Fields [${fields.join(" ")}] >>` : "";
  objects[catalog - 1] = Buffer.from(
    `<< /Type /Catalog /Pages ${tree} 0 R${marks}${form} /OCProperties << /OCGs [${off} 0 R] /D << /OFF [${off} 0 R] >> >> >>`,
  );
  const security = encryption
    ? ` /Encrypt ${add(`<< ${encryption.dictionary} >>`)} 0 R /ID [<${encryption.id}> <${encryption.id}>]`
    : "";
  return assemble(objects, `/Root ${catalog} 0 R${security}`);
}

const isLatin = (text: string) => /^[\x20-\x7e]*$/.test(text);

const drawing = ({ lines, picture, content }: PdfPage): string => {
  const shown = lines.map(({ text, x, y, size }) => {
    const content = isLatin(text)
      ? `/L ${size} Tf 1 0 0 1 ${x} ${a4.height - y} Tm (${text.replace(/[\\()]/g, "\\$&")}) Tj`
      : `/C ${size} Tf 1 0 0 1 ${x} ${a4.height - y} Tm <${Buffer.from(text, "utf16le").swap16().toString("hex")}> Tj`;
    return `BT ${content} ET`;
  });
  return [...(picture ? [`q ${a4.width} 0 0 ${a4.height} 0 0 cm /P Do Q`] : []), ...shown, content ?? ""].join("\n");
};

const addPicture = (
  { width, height, gray }: NonNullable<PdfPage["picture"]>,
  addStream: (dictionary: string, data: Buffer) => number,
): number =>
  addStream(
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8`,
    Buffer.from(gray),
  );

function addOutline(outline: NonNullable<PdfOptions["outline"]>, pages: readonly number[], objects: Buffer[]): number {
  const root = objects.push(Buffer.alloc(0));
  const first = root + 1;
  outline.forEach(({ title, page }, index) => {
    const next = index < outline.length - 1 ? ` /Next ${first + index + 1} 0 R` : "";
    const before = index > 0 ? ` /Prev ${first + index - 1} 0 R` : "";
    const shown = `feff${Buffer.from(title, "utf16le").swap16().toString("hex")}`;
    const target = `/Dest [${pages[page - 1]} 0 R /Fit]`;
    objects.push(Buffer.from(`<< /Title <${shown}> /Parent ${root} 0 R ${target}${before}${next} >>`));
  });
  const last = first + outline.length - 1;
  objects[root - 1] = Buffer.from(
    `<< /Type /Outlines /First ${first} 0 R /Last ${last} 0 R /Count ${outline.length} >>`,
  );
  return root;
}

function assemble(objects: readonly Buffer[], trailer: string): Uint8Array {
  const parts: Buffer[] = [Buffer.from("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let length = parts[0]?.length ?? 0;
  const offsets: number[] = [];
  const put = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  objects.forEach((body, index) => {
    offsets.push(length);
    put(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from("\nendobj\n")]));
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  put(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}
