import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { templates } from "@/templates/index";

/** The gallery, in its own order: what each template is for, what it needs, and a picture of its graph. */
export const listTemplates = viewerProcedure.query(() =>
  templates.map(({ id, title, summary, category, needs, slug, document }) => {
    const { nodes, edges, layout } = document("en");
    return {
      id,
      title,
      summary,
      category,
      needs,
      slug,
      miniature: {
        nodes: nodes.map((node) => ({ id: node.id, type: node.type, ...(layout[node.id] ?? { x: 0, y: 0 }) })),
        edges: edges.map(({ from, to }) => ({ from: from.node, to: to.node })),
      },
    };
  }),
);
