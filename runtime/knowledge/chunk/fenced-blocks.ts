export interface Block {
  readonly start: number;
  readonly end: number;
}

const most = 5000;

/** Where code stands between fences of ``` or ~~~, the fences included; one that is never closed is none. */
export function fencedBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { readonly fence: string; readonly start: number } | undefined;
  for (let start = 0; start < text.length && blocks.length < most; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const [, fence = "", rest = ""] =
      /^ {0,3}(`{3,20}|~{3,20})([^`]{0,200})$/.exec(text.slice(start, Math.min(end, start + 230))) ?? [];
    if (fence !== "") {
      if (!open) open = { fence, start };
      else if (fence.startsWith(open.fence) && rest.trim() === "") {
        blocks.push({ start: open.start, end });
        open = undefined;
      }
    }
    start = end + 1;
  }
  return blocks;
}
