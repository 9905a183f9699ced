/** What a drag from the palette carries: the node's type. */
export const nodeDragType = "application/x-pipewright-node";
