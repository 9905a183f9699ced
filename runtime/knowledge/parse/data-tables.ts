import { Parser } from "htmlparser2";

interface SeenTable {
  /** Where its tag begins in the page. */
  readonly start: number;
  rows: number;
  cells: number;
  columns: number;
  /** Headings, or a table of its own, in a cell: it places things on the page. */
  isLayout: boolean;
}

const deepest = 100;

/** Where the tables of a page begin that hold data: two rows and two columns or more, and neither headings nor tables in their cells. */
export function dataTables(html: string): ReadonlySet<number> {
  const found = new Set<number>();
  const open: SeenTable[] = [];
  const parser = new Parser(
    {
      onopentag: (name, { role }) => {
        const table = open.at(-1);
        if (name === "table") {
          for (const outer of open) outer.isLayout = true;
          const isLayout = role === "presentation" || open.length >= deepest;
          open.push({ start: parser.startIndex, rows: 0, cells: 0, columns: 0, isLayout });
        } else if (!table) return;
        else if (name === "tr") {
          table.rows++;
          table.cells = 0;
        } else if (name === "td" || name === "th") table.columns = Math.max(table.columns, ++table.cells);
        else if (/^h[1-6]$/.test(name)) table.isLayout = true;
      },
      onclosetag: (name) => {
        const table = name === "table" ? open.pop() : undefined;
        if (table && !table.isLayout && table.rows > 1 && table.columns > 1) found.add(table.start);
      },
    },
    { decodeEntities: false, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  return found;
}
