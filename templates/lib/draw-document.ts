import { type GraphDocument, type GraphNode, type NodePolicy, nodePolicy } from "@/runtime/graph/document";

export interface DrawnNode {
  readonly type: string;
  readonly label: string;
  readonly config: GraphNode["config"];
  /** What is done about its failures; left out: they end the run. */
  readonly policy?: Partial<NodePolicy>;
  /** What a container runs. */
  readonly body?: GraphDocument;
  /** Stands there switched off. */
  readonly isOff?: boolean;
  /** Column and row of the card, from 0; halves are allowed. */
  readonly at: readonly [column: number, row: number];
}

/** A card is about 260 wide and up to 220 high; 100 between cards leaves the wires room. */
export const grid = { column: 360, row: 320 } as const;

/** `source.port > target.port` */
export type Wire = `${string}.${string} > ${string}.${string}`;

/** A document out of nodes by id and wires between their ports. */
export const drawDocument = (nodes: Readonly<Record<string, DrawnNode>>, wires: readonly Wire[]): GraphDocument => ({
  schemaVersion: 1,
  nodes: Object.entries(nodes).map(([id, { type, label, config, policy, body, isOff = false }]) => ({
    id,
    type,
    typeVersion: 1,
    config,
    label,
    disabled: isOff,
    ...(policy === undefined ? {} : { policy: nodePolicy.parse(policy) }),
    ...(body === undefined ? {} : { body }),
  })),
  edges: wires.map((wire) => {
    const [from, to] = wire.split(" > ").map(portOf);
    if (from === undefined || to === undefined) throw new Error(`${wire} is no wire`);
    return { id: `${from.node}.${from.port}-${to.node}.${to.port}`, from, to };
  }),
  layout: Object.fromEntries(
    Object.entries(nodes).map(
      ([
        id,
        {
          at: [column, row],
        },
      ]) => [id, { x: column * grid.column, y: row * grid.row }],
    ),
  ),
});

const portOf = (end: string): { readonly node: string; readonly port: string } => {
  const dot = end.indexOf(".");
  return { node: end.slice(0, dot), port: end.slice(dot + 1) };
};
