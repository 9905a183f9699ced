const BLOCK = 512;

interface EntryOptions {
  readonly type?: string;
  readonly longName?: "pax" | "gnu";
}

/** One entry of a tar archive, as npm and GNU tar write them. */
export function tarEntry(name: string, body: Buffer, { type = "0", longName }: EntryOptions = {}): Buffer {
  const entry = Buffer.concat([header(longName ? "cut" : name, body.length, type), padded(body)]);
  if (longName === "gnu") {
    const record = Buffer.from(`${name}\0`);
    return Buffer.concat([header("././@LongLink", record.length, "L"), padded(record), entry]);
  }
  if (longName === "pax") {
    const record = Buffer.from(paxRecord("path", name));
    return Buffer.concat([header("PaxHeader", record.length, "x"), padded(record), entry]);
  }
  return entry;
}

export const tar = (entries: readonly Buffer[]): Buffer => Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);

const padded = (body: Buffer) => Buffer.concat([body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)]);

function header(name: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  block.write("0000644\0", 100);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.fill(0x20, 148, 156);
  block.write(type, 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (length !== Buffer.byteLength(rest) + String(length).length)
    length = Buffer.byteLength(rest) + String(length).length;
  return `${length}${rest}`;
}
